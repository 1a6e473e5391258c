/**
 * Import first in scripts: the AWS SDK prints eight lines about its future support of Node 20 with every process. Lambda runs
 * Node 24; for local tools `engines` and CONTRIBUTING say what is supported.
 */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
