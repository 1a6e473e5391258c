import * as z from 'zod/mini';

const headers = z.record(z.string(), z.string());
const count = z.number().check(z.int(), z.minimum(0), z.maximum(2 ** 40));

/**
 * What can be made to go wrong.
 * - `answer`: this answer instead of the real one; the request has no effect, unless `phase` is `'after'`: then it had
 * - `rate_limit`: Discord's 429; the request has no effect. `with_headers: false` leaves only the body
 * - `cloudflare`: an HTML page of the edge (1015 by default); no effect
 * - `delay`: the real answer, that much later; `hold`: the real answer, once `releaseFaults` is called. `phase: 'before'`
 *   waits first and then processes, `'after'` processes at once and keeps the answer back
 * - `drop`: the connection closes without an answer, before or after the request took effect
 * - `truncate`: the real answer, cut after so many bytes although Content-Length promises all
 * - `drip`: the real answer in pieces with pauses
 * - `oversize`: the real answer, followed by spaces up to so many bytes
 * - `content_type`: the real answer under another (or, with null, no) Content-Type
 * - `edit_json`: the real answer if it is a 2xx JSON object, with members set and removed
 */
export const fault = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('answer'),
    status: z.number().check(z.int(), z.minimum(200), z.maximum(599)),
    headers: z.optional(headers),
    body: z.optional(z.string()),
    json: z.optional(z.unknown()),
    phase: z.optional(z.enum(['before', 'after'])),
  }),
  z.strictObject({
    kind: z.literal('rate_limit'),
    retry_after_seconds: z.number(),
    scope: z.optional(z.enum(['user', 'global', 'shared'])),
    with_headers: z.optional(z.boolean()),
  }),
  z.strictObject({ kind: z.literal('cloudflare'), status: z.optional(count), error_number: z.optional(count) }),
  z.strictObject({ kind: z.literal('delay'), delay_ms: count, phase: z.optional(z.enum(['before', 'after'])) }),
  z.strictObject({ kind: z.literal('hold'), phase: z.optional(z.enum(['before', 'after'])) }),
  z.strictObject({ kind: z.literal('drop'), phase: z.enum(['before', 'after']) }),
  z.strictObject({ kind: z.literal('truncate'), after_bytes: count }),
  z.strictObject({ kind: z.literal('drip'), bytes_per_piece: count, pause_ms: count }),
  z.strictObject({ kind: z.literal('oversize'), bytes: count }),
  z.strictObject({ kind: z.literal('content_type'), content_type: z.nullable(z.string()) }),
  z.strictObject({
    kind: z.literal('edit_json'),
    set: z.optional(z.record(z.string(), z.unknown())),
    remove: z.optional(z.array(z.string())),
  }),
]);

/** Which requests meet the fault, and how often. */
export const faultRule = z.strictObject({
  /** Any method when absent. */
  method: z.optional(z.string()),
  /** As on the wire, without the query; `*` stands for one segment, `**` for any number of them at the end. */
  path: z.string(),
  /** Only requests whose body holds this text; any when absent. */
  body_includes: z.optional(z.string()),
  /** Lets so many matching requests pass first. 0 when absent. */
  skip: z.optional(count),
  /** So many requests meet it; null is until it is cleared. 1 when absent. */
  times: z.optional(z.nullable(count)),
  fault,
});

/** A rule with its id and what it has done. */
export const faultStatus = z.object({
  id: z.string(),
  rule: faultRule,
  /** Requests that met it. */
  hits: z.number(),
  /** Requests that it still waits for; null is no end. */
  remaining: z.nullable(z.number()),
  /** Requests that a `hold` keeps right now. */
  held: z.number(),
});

export type Fault = z.output<typeof fault>;
export type FaultRule = z.output<typeof faultRule>;
export type FaultStatus = z.output<typeof faultStatus>;
