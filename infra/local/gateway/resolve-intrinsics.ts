import { createConditionResolver } from './resolve-conditions.ts';
import { describeResource, isRecord, TemplateError } from './template.ts';
import type { Template } from './template.ts';

/** What `Ref` and `Fn::GetAtt` of one resource give locally. */
export interface LocalResource {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Everything that an intrinsic function may refer to. */
export interface ResolveScope {
  readonly template: Template;
  /** Values of `AWS::Region`, `AWS::AccountId`, …; `AWS::NoValue` is built in. */
  readonly pseudoParameters: Readonly<Record<string, string>>;
  /** Values that win over the defaults of the template's parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly resources: ReadonlyMap<string, LocalResource>;
}

/** Resolves intrinsic functions of one template. */
export interface Resolver {
  /**
   * The value without intrinsic functions; `undefined` for `AWS::NoValue`, which also vanishes from lists and objects.
   * @param at - where the value stands, for the message
   * @throws TemplateError naming `at` and the function, if it cannot be resolved exactly
   */
  readonly resolve: (value: unknown, at: string) => unknown;
  /** Like `resolve`, for a place that must hold a string (numbers and booleans are written out, as CloudFormation does). */
  readonly resolveString: (value: unknown, at: string) => string;
  /** Value of a named condition. */
  readonly isTrue: (conditionName: string, at: string) => boolean;
}

function toText(value: unknown, at: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(`${at}: expected a string, found ${JSON.stringify(value)}`);
}

/** The one key of an object that is an intrinsic function, else undefined. */
function intrinsicName(value: Record<string, unknown>): string | undefined {
  const [key, ...others] = Object.keys(value);
  if (key === undefined || others.length > 0) return undefined;
  return key === 'Ref' || key === 'Condition' || key.startsWith('Fn::') ? key : undefined;
}

/**
 * Makes a resolver for the intrinsic functions that CDK emits: Ref, Fn::GetAtt, Fn::Sub, Fn::Join, Fn::Select, Fn::Split and
 * Fn::If with its conditions. Pure. All others are refused.
 * @see AWS CloudFormation Template Reference, "Intrinsic function reference", "Pseudo parameters reference"
 */
export function createResolver(scope: ResolveScope): Resolver {
  const isTrue = createConditionResolver(scope.template.Conditions, (value, at) => resolveString(value, at));

  function reference(name: string, at: string): string | undefined {
    if (name === 'AWS::NoValue') return undefined;
    const value = scope.pseudoParameters[name] ?? scope.resources.get(name)?.ref ?? parameter(name, at);
    if (value !== undefined) return value;
    throw new TemplateError(`${at}: Ref ${describeReference(name)} has no local value`);
  }

  function parameter(name: string, at: string): string | undefined {
    const declared = scope.template.Parameters[name];
    if (!isRecord(declared)) return undefined;
    const value = scope.parameters[name] ?? declared['Default'];
    const plainType = declared['Type'] === 'String' || declared['Type'] === 'Number';
    return plainType && value !== undefined ? toText(value, at) : undefined;
  }

  function describeReference(name: string): string {
    return name in scope.template.Resources ? describeResource(scope.template, name) : name;
  }

  function attribute(logicalId: string, name: string, at: string): string {
    const value = scope.resources.get(logicalId)?.attributes[name];
    if (value !== undefined) return value;
    throw new TemplateError(`${at}: Fn::GetAtt ${describeReference(logicalId)}.${name} has no local value`);
  }

  function list(argument: unknown, length: number, at: string): unknown[] {
    const value: unknown = Array.isArray(argument) ? argument : undefined;
    if (Array.isArray(value) && value.length === length) return value as unknown[];
    throw new TemplateError(`${at}: expected a list of ${length}, found ${JSON.stringify(argument)}`);
  }

  function strings(argument: unknown, at: string): string[] {
    const value = resolve(argument, at);
    if (!Array.isArray(value)) throw new TemplateError(`${at}: expected a list, found ${JSON.stringify(value)}`);
    return value.map((item) => toText(item, at));
  }

  function getAtt(argument: unknown, at: string): string {
    const [logicalId, name] = typeof argument === 'string' ? argument.split(/\.(.*)/s) : list(argument, 2, at);
    return attribute(toText(logicalId, at), resolveString(name, at), at);
  }

  function substitute(argument: unknown, at: string): string {
    const [text, extra] = typeof argument === 'string' ? [argument, {}] : list(argument, 2, at);
    if (typeof text !== 'string' || !isRecord(extra)) throw new TemplateError(`${at}: malformed Fn::Sub`);
    return text.replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      if (Object.hasOwn(extra, name)) return resolveString(extra[name], at);
      return name.includes('.') ? getAtt(name, at) : (reference(name, at) ?? '');
    });
  }

  function apply(name: string, argument: unknown, at: string): unknown {
    switch (name) {
      case 'Ref':
        return reference(toText(argument, at), at);
      case 'Fn::GetAtt':
        return getAtt(argument, at);
      case 'Fn::Sub':
        return substitute(argument, at);
      case 'Fn::Join': {
        const [separator, parts] = list(argument, 2, at);
        return strings(parts, at).join(toText(separator, at));
      }
      case 'Fn::Split': {
        const [separator, source] = list(argument, 2, at);
        return resolveString(source, at).split(toText(separator, at));
      }
      case 'Fn::Select': {
        const [index, items] = list(argument, 2, at);
        const item = strings(items, at)[Number(resolveString(index, at))];
        if (item === undefined) throw new TemplateError(`${at}: Fn::Select is out of range`);
        return item;
      }
      case 'Fn::If': {
        const [condition, ifTrue, ifFalse] = list(argument, 3, at);
        return resolve(isTrue(toText(condition, at), at) ? ifTrue : ifFalse, at);
      }
      default:
        throw new TemplateError(`${at}: ${name} is not implemented by the local gateway`);
    }
  }

  function resolve(value: unknown, at: string): unknown {
    if (Array.isArray(value)) return value.map((item) => resolve(item, at)).filter((item) => item !== undefined);
    if (!isRecord(value)) return value;
    const name = intrinsicName(value);
    if (name !== undefined) return apply(name, value[name], `${at}: ${name}`);
    const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, resolve(item, `${at}.${key}`)]);
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
  }

  function resolveString(value: unknown, at: string): string {
    return toText(resolve(value, at), at);
  }

  return { resolve, resolveString, isTrue };
}
