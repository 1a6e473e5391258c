import { Validations } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Reading figures. CloudWatch knows neither resources nor conditions for it. @see Service Authorization Reference: Amazon CloudWatch */
export function buildMetricStatement(): PolicyStatement {
  return new PolicyStatement({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] });
}

/** Waives the wildcard of {@link buildMetricStatement} for one function, in the spelling of cdk-nag. */
export function acknowledgeMetricWildcard(served: Construct): void {
  Validations.of(served).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      "CloudWatch offers no resource and no condition for GetMetricData: whoever may read figures may read all of the account's. They are numbers; the function can neither write nor delete any.",
  });
}
