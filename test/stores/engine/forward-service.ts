import type { AwsAnswer, AwsRequest, AwsService } from '../../../infra/local/aws/aws-service.ts';
import { parseOperation } from '../../../infra/local/aws/aws-service.ts';
import { answerBatchPartly } from '../../../infra/local/aws/dynamodb/answer-batch-partly.ts';

/** Something that happens at a moment which no caller can choose: see {@link ForwardService.afterNext}. */
interface Interruption {
  readonly operation: string;
  /** Text that the request must contain. */
  readonly match: string;
  readonly act: () => Promise<unknown>;
}

/** DynamoDB at another address, with a way to step in between a request and its answer. */
export interface ForwardService extends AwsService {
  /**
   * Once: when the next request of that operation has been carried out, `act` is done, and only then does its answer go out.
   * @param match - text that the request must contain; absent: any
   */
  afterNext(operation: string, act: () => Promise<unknown>, match?: string): void;
  /** Operations whose interruption has not happened. A test checks that there are none. */
  waiting(): string[];
  /** Forgets what has not happened. */
  clear(): void;
}

/** Belong to one connection, or describe a body whose encoding `fetch` has already undone. */
const HOP_HEADERS = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'host',
  'keep-alive',
  'transfer-encoding',
]);

/**
 * Hands requests on as they came, so that one server with faults stands before whichever engine does the work.
 * @param origin - where the engine listens, without a trailing slash
 */
export function buildForwardService(origin: string): ForwardService {
  let interruptions: Interruption[] = [];

  async function forward({ method, url, headers, body }: AwsRequest): Promise<AwsAnswer> {
    const answer = await fetch(`${origin}${url}`, { method, headers: toSent(headers), body: new Uint8Array(body) });
    return { status: answer.status, headers: toReceived(answer.headers), body: await answer.text() };
  }

  async function answer(request: AwsRequest): Promise<AwsAnswer> {
    const answered = await forward(request);
    const operation = parseOperation(request);
    const text = request.body.toString();
    const found = interruptions.find((each) => each.operation === operation && text.includes(each.match));
    if (found !== undefined) {
      // Gone before it acts: what it does itself must not meet it again.
      interruptions = interruptions.filter((interruption) => interruption !== found);
      await found.act();
    }
    return answered;
  }

  return {
    name: 'dynamodb',
    answer,
    answerPartly: (request, match) =>
      parseOperation(request) === 'BatchGetItem' ? answerBatchPartly(request, match, answer) : answer(request),
    afterNext: (operation, act, match = '') => void interruptions.push({ operation, act, match }),
    waiting: () => interruptions.map(({ operation }) => operation),
    clear: () => {
      interruptions = [];
    },
    close: () => Promise.resolve(),
  };
}

function toSent(headers: AwsRequest['headers']): Record<string, string> {
  const sent = Object.entries(headers).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !HOP_HEADERS.has(entry[0]),
  );
  return { ...Object.fromEntries(sent), 'accept-encoding': 'identity' };
}

function toReceived(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !HOP_HEADERS.has(name)));
}
