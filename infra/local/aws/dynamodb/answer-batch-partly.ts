import * as z from 'zod/mini';
import { toErrorAnswer, toJsonAnswer } from '../aws-error.ts';
import type { AwsAnswer, AwsRequest } from '../aws-service.ts';

const tableKeys = z.looseObject({ Keys: z.array(z.record(z.string(), z.unknown())) });
const batchInput = z.looseObject({ RequestItems: z.record(z.string(), tableKeys) });
const batchOutput = z.looseObject({ UnprocessedKeys: z.optional(z.record(z.string(), tableKeys)) });

type RequestItems = z.infer<typeof batchInput>['RequestItems'];

/**
 * Answers a BatchGetItem in part, as DynamoDB does under load: some keys come back in `UnprocessedKeys`, in the form in
 * which they were asked, and the caller must ask again. If no key were left to process, it is throttled instead.
 * @param match - keys whose JSON contains it are left out; absent: the second half of each table's keys, at least one
 * @param answer - answers a whole request
 * @see DynamoDB API reference: BatchGetItem (UnprocessedKeys)
 */
export async function answerBatchPartly(
  request: AwsRequest,
  match: string | undefined,
  answer: (request: AwsRequest) => Promise<AwsAnswer>,
): Promise<AwsAnswer> {
  const input = batchInput.safeParse(JSON.parse(request.body.toString()));
  // A malformed batch gets the service's own refusal.
  if (!input.success) return answer(request);

  const [processed, left] = splitItems(input.data.RequestItems, match);
  if (Object.keys(processed).length === 0) return toErrorAnswer('dynamodb', 'ProvisionedThroughputExceededException');

  const body = Buffer.from(JSON.stringify({ ...input.data, RequestItems: processed }));
  const partial = await answer({ ...request, body });
  if (partial.status !== 200) return partial;

  const output = batchOutput.parse(JSON.parse(partial.body));
  return toJsonAnswer('dynamodb', 200, { ...output, UnprocessedKeys: { ...output.UnprocessedKeys, ...left } });
}

function splitItems(items: RequestItems, match: string | undefined): [processed: RequestItems, left: RequestItems] {
  const processed: RequestItems = {};
  const left: RequestItems = {};
  for (const [table, { Keys, ...rest }] of Object.entries(items)) {
    const isLeft = (key: unknown, index: number) =>
      match === undefined ? index >= Math.floor(Keys.length / 2) : JSON.stringify(key).includes(match);
    const leftKeys = Keys.filter(isLeft);
    const processedKeys = Keys.filter((key, index) => !isLeft(key, index));
    if (processedKeys.length > 0) processed[table] = { ...rest, Keys: processedKeys };
    if (leftKeys.length > 0) left[table] = { ...rest, Keys: leftKeys };
  }
  return [processed, left];
}
