import * as z from 'zod/mini';
import { buildErrorCodes } from './aws-error.ts';
import { AWS_SERVICE_NAMES } from './aws-service.ts';
import type { AwsServiceName } from './aws-service.ts';
import { parseValue } from './parse-value.ts';

const faultSchema = z
  .strictObject({
    service: z.enum(AWS_SERVICE_NAMES),
    /** AWS's operation name, for example `PutItem`; absent: every operation. */
    operation: z.optional(z.string().check(z.regex(/^[A-Z][A-Za-z]+$/))),
    /** Only requests whose body contains this text, for example a key prefix. */
    match: z.optional(z.string().check(z.minLength(1))),
    /** Error that is answered, by AWS's name; it must be one that the service can send. */
    error: z.optional(z.string()),
    /** The connection is cut without an answer. */
    drop: z.optional(z.boolean()),
    /** Milliseconds that the request lies still: before processing, or with `after: 'after'` between processing and answer. */
    delayMs: z.optional(z.number().check(z.int(), z.gte(0), z.lte(600_000))),
    /** How many requests it strikes; absent: all until `clear()`. */
    times: z.optional(z.number().check(z.int(), z.gte(1))),
    /** `after`: the request is processed (a write takes effect) and only its answer is lost. Absent: `before`. */
    after: z.optional(z.enum(['before', 'after'])),
    /** BatchGetItem only: the keys that contain `match` (absent: the second half) come back as UnprocessedKeys. */
    unprocessed: z.optional(z.boolean()),
  })
  .check(
    z.refine(
      (fault) => Boolean(fault.error ?? fault.drop ?? fault.delayMs ?? fault.unprocessed),
      'a fault needs error, drop, delayMs or unprocessed',
    ),
    z.refine(
      (fault) => [fault.error, fault.drop, fault.unprocessed].filter(Boolean).length <= 1,
      'error, drop and unprocessed exclude each other',
    ),
    z.refine((fault) => !fault.unprocessed || fault.after !== 'after', 'unprocessed has no after'),
    z.refine(
      (fault) => !fault.unprocessed || (fault.service === 'dynamodb' && fault.operation === 'BatchGetItem'),
      'unprocessed is for BatchGetItem of dynamodb',
    ),
    z.superRefine(({ service, error }, context) => {
      if (error === undefined || buildErrorCodes(service).includes(error)) return;
      const message = `${service} does not send ${error}; it sends ${buildErrorCodes(service).join(', ')}`;
      context.addIssue({ code: 'custom', message, input: error });
    }),
  );

/** A planted misbehaviour of one service. */
export type AwsFault = z.infer<typeof faultSchema>;

/** The planted faults of all servers. */
export interface AwsFaults {
  /** Plants a fault behind those already there; the first that fits a request strikes it. @throws Error when it makes no sense */
  add(fault: AwsFault): void;
  /** Removes all. */
  clear(): void;
  /** Faults that have not struck as often as `times` says (without `times`: not once). A test checks that there are none. */
  unused(): AwsFault[];
  /** Finds the fault for a request and counts it as struck; for the server in front. */
  take(service: AwsServiceName, operation: string, body: string): AwsFault | undefined;
}

/** Starts with no faults. */
export function buildAwsFaults(): AwsFaults {
  let planted: { fault: AwsFault; struck: number }[] = [];

  return {
    add(fault) {
      planted.push({ fault: parseValue(faultSchema, fault, 'bad fault'), struck: 0 });
    },
    clear() {
      planted = [];
    },
    unused: () => planted.filter(({ fault, struck }) => struck < (fault.times ?? 1)).map(({ fault }) => fault),
    take(service, operation, body) {
      const hit = planted.find(
        ({ fault, struck }) =>
          fault.service === service &&
          (fault.operation === undefined || fault.operation === operation) &&
          (fault.match === undefined || body.includes(fault.match)) &&
          struck < (fault.times ?? Infinity),
      );
      if (hit === undefined) return undefined;
      hit.struck += 1;
      return hit.fault;
    },
  };
}
