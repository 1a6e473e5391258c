/** Turns a name from the route tables (`users`, `createSession`) into a construct id (`Users`, `CreateSession`). */
export function toConstructId(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
