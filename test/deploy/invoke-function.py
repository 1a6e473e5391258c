"""Invokes a deployed function through the AWS SDK (botocore): event on standard input, its answer on standard output."""

import sys

from botocore.session import get_session

answer = get_session().create_client("lambda").invoke(FunctionName=sys.argv[1], Payload=sys.stdin.buffer.read())
if "FunctionError" in answer:
    sys.exit(answer["FunctionError"])
sys.stdout.buffer.write(answer["Payload"].read())
