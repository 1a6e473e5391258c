/** Variables that do not come from the template. */
export interface EnvironmentSources {
  readonly region: string;
  /** What Lambda or the machine adds to every function: credentials, endpoint variables. The template wins over it. */
  readonly environment: Readonly<Record<string, string>>;
  /** The credentials of a function's role, by the function's logical id. Nothing wins over them: their names are reserved. */
  readonly credentialsOf?: (functionLogicalId: string) => Readonly<Record<string, string>>;
  /** Values that win over the template's, for variables that the function declares. */
  readonly overrides: Readonly<Record<string, string>>;
  /** The API's custom domains. The template's addresses below them become those below `publicOrigin`. */
  readonly domains: readonly string[];
  readonly publicOrigin: string;
}

/** What a function's environment is made of. */
export interface EnvironmentSubject {
  readonly logicalId: string;
  readonly name: string;
  readonly handler: string;
  readonly memoryMegabytes: number;
  readonly runtime: string;
  readonly logGroupName: string;
  /** Properties of LoggingConfig. */
  readonly logging: Readonly<Record<string, string>>;
  /** The template's variables. */
  readonly declared: Readonly<Record<string, string>>;
}

/** Log stream of every sandbox; on Lambda each sandbox has its own. */
export const LOG_STREAM_NAME = 'local';

/**
 * Builds the whole environment of a function: what Lambda defines, then `environment`, the template's variables, overrides, and
 * the credentials of its role.
 * `LAMBDA_TASK_ROOT` is added by the sandbox. Nothing of this process's own environment gets in. `TZ` is set as on Lambda, but a
 * worker thread keeps the time zone of its process.
 * @see Lambda Developer Guide, "Defined runtime environment variables"
 */
export function buildFunctionEnvironment(
  subject: EnvironmentSubject,
  sources: EnvironmentSources,
): Record<string, string> {
  const { ApplicationLogLevel: logLevel, LogFormat: logFormat } = subject.logging;
  const overridden = Object.entries(sources.overrides).filter(([name]) => Object.hasOwn(subject.declared, name));
  return {
    AWS_DEFAULT_REGION: sources.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${subject.runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(subject.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_NAME: subject.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: logFormat ?? 'Text',
    AWS_LAMBDA_LOG_GROUP_NAME: subject.logGroupName,
    AWS_LAMBDA_LOG_STREAM_NAME: LOG_STREAM_NAME,
    AWS_REGION: sources.region,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    _HANDLER: subject.handler,
    ...(logLevel === undefined ? {} : { AWS_LAMBDA_LOG_LEVEL: logLevel }),
    ...sources.environment,
    ...subject.declared,
    ...Object.fromEntries(overridden),
    ...sources.credentialsOf?.(subject.logicalId),
  };
}
