/**
 * What the names of a deployment's spilled token pairs begin with, for infra (which grants access to nothing else) and the
 * store (which uses it). The deployment's name has only characters that a secret's name may have; infra sees to that.
 */
export function buildSpillPrefix(deploymentName: string): string {
  return `${deploymentName}/spill/`;
}
