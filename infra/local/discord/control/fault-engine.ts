import type { IncomingRequest } from '../http/incoming.ts';
import type { Fault, FaultRule, FaultStatus } from './fault.ts';

interface ActiveRule {
  readonly id: string;
  readonly rule: FaultRule;
  readonly pattern: RegExp;
  toSkip: number;
  remaining: number;
  hits: number;
  readonly held: Set<() => void>;
}

/** A fault that one request has met. */
export interface MetFault {
  readonly id: string;
  readonly fault: Fault;
  /** Resolves when a `hold` is released. */
  readonly untilReleased: () => Promise<void>;
}

/** Keeps the faults that were asked for and deals them out, the oldest matching rule first. */
export class FaultEngine {
  #rules: ActiveRule[] = [];
  #count = 0;

  /** @returns the rule's id */
  add(rule: FaultRule): string {
    this.#count += 1;
    const id = `fault_${this.#count}`;
    this.#rules.push({
      id,
      rule,
      pattern: compilePath(rule.path),
      toSkip: rule.skip ?? 0,
      remaining: rule.times === null ? Number.POSITIVE_INFINITY : (rule.times ?? 1),
      hits: 0,
      held: new Set(),
    });
    return id;
  }

  /** Takes the fault that this request meets, if any. Each call counts. */
  take(request: IncomingRequest): MetFault | undefined {
    for (const active of this.#rules) {
      const { rule } = active;
      const isMatch =
        (rule.method === undefined || rule.method === request.method) &&
        active.pattern.test(request.path) &&
        (rule.body_includes === undefined || request.body.includes(rule.body_includes));
      if (!isMatch || active.remaining <= 0) continue;
      if (active.toSkip > 0) {
        active.toSkip -= 1;
        continue;
      }
      active.remaining -= 1;
      active.hits += 1;
      const untilReleased = (): Promise<void> => new Promise((resolve) => active.held.add(resolve));
      return { id: active.id, fault: rule.fault, untilReleased };
    }
    return undefined;
  }

  /** What is set, oldest first, the used-up ones too. */
  list(): FaultStatus[] {
    return this.#rules.map(({ id, rule, hits, remaining, held }) => ({
      id,
      rule,
      hits,
      remaining: Number.isFinite(remaining) ? remaining : null,
      held: held.size,
    }));
  }

  /** Lets go of what a `hold` keeps. @returns how many requests that were */
  release(id: string | undefined): number {
    let released = 0;
    for (const active of this.#rules) {
      if (id !== undefined && active.id !== id) continue;
      for (const resolve of active.held) {
        released += 1;
        resolve();
      }
      active.held.clear();
    }
    return released;
  }

  /** Removes one rule and lets go of what it holds. @returns false when there is none of this id */
  remove(id: string): boolean {
    this.release(id);
    const before = this.#rules.length;
    this.#rules = this.#rules.filter((active) => active.id !== id);
    return this.#rules.length < before;
  }

  /** Removes all rules and lets go of everything held. */
  clear(): void {
    this.release(undefined);
    this.#rules = [];
  }
}

function compilePath(path: string): RegExp {
  const parts = path.split('/').map((part) => {
    if (part === '**') return '.*';
    return part === '*' ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}$`);
}
