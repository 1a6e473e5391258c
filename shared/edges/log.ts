import { Logger } from '@aws-lambda-powertools/logger';
import type { Log, LogFields } from '../app/ports.ts';

/** Structured log lines as JSON on standard output, which Lambda sends to CloudWatch. `message` is the event's name. */
export function createLog(): Log {
  const logger = new Logger({ serviceName: 'discord-integration' });
  return {
    info: (event: string, fields: LogFields = {}) => logger.info(event, { ...fields }),
    warn: (event: string, fields: LogFields = {}) => logger.warn(event, { ...fields }),
    error: (event: string, fields: LogFields = {}) => logger.error(event, { ...fields }),
  };
}
