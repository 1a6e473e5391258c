/** Sort keys of one partition: those with a prefix, or those between two, both included. */
export type SortKeyRange = { readonly partition: string } & (
  | { readonly prefix?: string; readonly from?: never; readonly to?: never }
  | { readonly from?: string; readonly to?: string; readonly prefix?: never }
);

/** Which part of a range one query answers. Absent limit: as much as DynamoDB puts into one answer (1 MB). */
export interface QueryPage<Position> {
  readonly limit?: number;
  /** Where the page before ended; it must lie within the range. */
  readonly after?: Position;
  readonly isDescending?: boolean;
}

/** The condition of a query, for the attributes that are partition and sort key of the table or the index. */
export function buildRangeCondition(
  { partition, prefix, from, to }: SortKeyRange,
  attributes: { readonly partitionKey: string; readonly sortKey: string },
) {
  const rule = buildSortKeyRule(prefix, from, to);
  return {
    KeyConditionExpression: ['#p = :p', ...rule].join(' AND '),
    ExpressionAttributeNames: {
      '#p': attributes.partitionKey,
      ...(rule.length === 0 ? {} : { '#s': attributes.sortKey }),
    },
    // The document client leaves out what is undefined.
    ExpressionAttributeValues: { ':p': partition, ':prefix': prefix, ':from': from, ':to': to },
  };
}

/** DynamoDB takes one rule about the sort key at most, so that a range with two ends must be a BETWEEN. */
function buildSortKeyRule(prefix: string | undefined, from: string | undefined, to: string | undefined): string[] {
  if (prefix !== undefined) return ['begins_with(#s, :prefix)'];
  if (from !== undefined) return [to === undefined ? '#s >= :from' : '#s BETWEEN :from AND :to'];
  return to === undefined ? [] : ['#s <= :to'];
}

/** The page of a query; the starting key is complete, as DynamoDB wants it. */
export function buildPageInput({ limit, after, isDescending }: QueryPage<Record<string, unknown>>) {
  return {
    ...(limit === undefined ? {} : { Limit: limit }),
    ...(after === undefined ? {} : { ExclusiveStartKey: after }),
    ...(isDescending === true ? { ScanIndexForward: false } : {}),
  };
}
