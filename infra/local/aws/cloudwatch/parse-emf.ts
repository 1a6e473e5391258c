import * as z from 'zod/mini';
import type { MetricSample } from './metric-store.ts';

/** CloudWatch's bounds. @see CloudWatch User Guide: Specification: Embedded metric format */
const MAX_DIMENSIONS = 30;
const MAX_METRICS = 100;
const MAX_VALUES = 100;

const name = z.string().check(z.minLength(1), z.maxLength(1024));

const directiveSchema = z.object({
  Namespace: name,
  Dimensions: z.array(z.array(z.string().check(z.minLength(1), z.maxLength(250))).check(z.maxLength(MAX_DIMENSIONS))),
  Metrics: z
    .array(
      z.object({
        Name: name,
        Unit: z.optional(z.string()),
        StorageResolution: z.optional(z.union([z.literal(1), z.literal(60)])),
      }),
    )
    .check(z.maxLength(MAX_METRICS)),
});

const documentSchema = z.looseObject({
  _aws: z.object({ Timestamp: z.int().check(z.nonnegative()), CloudWatchMetrics: z.array(directiveSchema) }),
});

/** Values of metrics: one, or the same one measured several times. */
const valuesSchema = z.union([z.number(), z.array(z.number()).check(z.minLength(1), z.maxLength(MAX_VALUES))]);

type Root = Readonly<Record<string, unknown>>;

/**
 * Reads the metrics out of one line of a log, as CloudWatch Logs does when it takes one in: each metric once for each set of
 * dimensions. Units are not kept, and values of one second's resolution are kept by the minute.
 * @returns nothing for a line that is no such document, or that refers to a member which is not there or does not fit
 * @see CloudWatch User Guide: Specification: Embedded metric format
 */
export function parseEmf(line: string): MetricSample[] {
  // Nearly all lines are others; JSON must be the whole of one.
  if (!line.startsWith('{') || !line.includes('"_aws"')) return [];
  const parsed = documentSchema.safeParse(parseJson(line));
  if (!parsed.success) return [];
  const { _aws: metadata, ...root } = parsed.data;
  const samples = metadata.CloudWatchMetrics.flatMap((directive) =>
    directive.Dimensions.flatMap((names) =>
      directive.Metrics.map(({ Name }) => toSample(root, directive.Namespace, Name, names, metadata.Timestamp)),
    ),
  );
  return samples.every((sample) => sample !== undefined) ? samples : [];
}

function toSample(
  root: Root,
  namespace: string,
  metricName: string,
  dimensionNames: readonly string[],
  atEpochMs: number,
): MetricSample | undefined {
  const values = valuesSchema.safeParse(own(root, metricName));
  const dimensions = dimensionNames.map((key) => [key, own(root, key)] as const);
  const areTexts = dimensions.every(([, value]) => typeof value === 'string' && value !== '' && value.length <= 1024);
  if (!values.success || !areTexts) return undefined;
  return {
    namespace,
    name: metricName,
    dimensions: Object.fromEntries(dimensions.map(([key, value]) => [key, String(value)])),
    values: [values.data].flat(),
    atEpochMs,
  };
}

function own(root: Root, key: string): unknown {
  return Object.hasOwn(root, key) ? root[key] : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
