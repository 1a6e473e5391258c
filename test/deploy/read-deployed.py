"""Prints as JSON what stands in the account after a deployment, read through the AWS SDK (botocore)."""

import json
import sys

from botocore.exceptions import ClientError
from botocore.session import get_session

STACK = "DiscordIntegration"
session = get_session()


def client(service):
    return session.create_client(service)


def each(service, operation, key, **arguments):
    paginator = client(service).get_paginator(operation)
    return [item for page in paginator.paginate(**arguments) for item in page[key]]


def or_none(read):
    """The answer, or None when the thing is not there."""
    try:
        return read()
    except ClientError as error:
        if error.response["Error"]["Code"] in ("ResourceNotFoundException", "NotFoundException", "ValidationError"):
            return None
        raise


def read_functions():
    awslambda, iam = client("lambda"), client("iam")
    functions = []
    for function in each("lambda", "list_functions", "Functions"):
        role = function["Role"].rsplit("/", 1)[1]
        policies = [
            iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
            for name in iam.list_role_policies(RoleName=role)["PolicyNames"]
        ]
        functions.append(
            {
                "name": function["FunctionName"],
                "runtime": function.get("Runtime"),
                "handler": function.get("Handler"),
                "architectures": function.get("Architectures"),
                "memory": function.get("MemorySize"),
                "timeout": function.get("Timeout"),
                "codeSha256": function.get("CodeSha256"),
                "environment": function.get("Environment", {}).get("Variables", {}),
                "logGroup": function.get("LoggingConfig", {}).get("LogGroup"),
                "statements": [s for policy in policies for s in policy["Statement"]],
                "managedPolicies": iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"],
            }
        )
    return functions


def read_apis():
    gateway = client("apigatewayv2")
    return [
        {
            "endpoint": api["ApiEndpoint"],
            "cors": api.get("CorsConfiguration"),
            "routes": sorted(r["RouteKey"] for r in gateway.get_routes(ApiId=api["ApiId"])["Items"]),
            "stages": [
                {
                    "name": stage["StageName"],
                    "autoDeploy": stage.get("AutoDeploy"),
                    "throttling": stage.get("DefaultRouteSettings", {}),
                    "accessLog": stage.get("AccessLogSettings"),
                }
                for stage in gateway.get_stages(ApiId=api["ApiId"])["Items"]
            ],
        }
        for api in gateway.get_apis()["Items"]
    ]


def read_rules():
    events = client("events")
    return [
        {
            "name": rule["Name"],
            "schedule": rule.get("ScheduleExpression"),
            "state": rule["State"],
            "targets": [target["Arn"] for target in events.list_targets_by_rule(Rule=rule["Name"])["Targets"]],
        }
        for rule in events.list_rules()["Rules"]
    ]


def read_storage():
    dynamodb, kms, secrets = client("dynamodb"), client("kms"), client("secretsmanager")
    tables = []
    for name in each("dynamodb", "list_tables", "TableNames"):
        table = dynamodb.describe_table(TableName=name)["Table"]
        backups = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
        tables.append(
            {
                "name": name,
                "deletionProtection": table.get("DeletionProtectionEnabled"),
                "encryption": table.get("SSEDescription"),
                "billing": table.get("BillingModeSummary", {}).get("BillingMode"),
                "indexes": [i["IndexName"] for i in table.get("GlobalSecondaryIndexes", [])],
                "ttl": dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"],
                "recovery": backups.get("PointInTimeRecoveryDescription"),
                "items": dynamodb.scan(TableName=name, Select="COUNT")["Count"],
            }
        )
    keys = []
    for key in each("kms", "list_keys", "Keys"):
        metadata = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
        if metadata.get("KeyManager") == "AWS":
            continue
        rotation = kms.get_key_rotation_status(KeyId=key["KeyId"])
        keys.append({"arn": metadata["Arn"], "state": metadata["KeyState"], "rotates": rotation["KeyRotationEnabled"]})
    return {
        "tables": tables,
        "keys": keys,
        "secrets": [
            {"arn": secret["ARN"], "key": secrets.describe_secret(SecretId=secret["ARN"]).get("KmsKeyId")}
            for secret in each("secretsmanager", "list_secrets", "SecretList")
        ],
        "logGroups": [
            {"name": group["logGroupName"], "days": group.get("retentionInDays")}
            for group in each("logs", "describe_log_groups", "logGroups")
        ],
    }


stack = or_none(lambda: client("cloudformation").describe_stacks(StackName=STACK))
json.dump(
    {
        "stack": stack and stack["Stacks"][0]["StackStatus"],
        "functions": read_functions(),
        "apis": read_apis(),
        "rules": read_rules(),
        **read_storage(),
    },
    sys.stdout,
)
