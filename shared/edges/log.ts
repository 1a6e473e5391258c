import { Logger } from '@aws-lambda-powertools/logger';
import type { LogFields, RequestLog } from '../app/ports.ts';

/** Structured log lines as JSON on standard output, which Lambda sends to CloudWatch. `message` is the event's name. */
export function createLog(deploymentName: string): RequestLog {
  const logger = new Logger({ serviceName: deploymentName });
  return {
    begin: (facts) => {
      logger.resetKeys();
      logger.appendKeys({ ...facts });
    },
    note: (facts) => logger.appendKeys({ ...facts }),
    info: (event: string, fields: LogFields = {}) => logger.info(event, { ...fields }),
    warn: (event: string, fields: LogFields = {}) => logger.warn(event, { ...fields }),
    error: (event: string, fields: LogFields = {}) => logger.error(event, { ...fields }),
  };
}
