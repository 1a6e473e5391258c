import { ROUTES } from './routes.ts';

/** Methods that our fixed routes take at this path, for a 405 that says what would work. Empty when no route has the path. */
export function findAllowedMethods(path: string): string[] {
  return Object.values(ROUTES)
    .flatMap((routes) => Object.values(routes))
    .filter((routeKey) => routeKey.includes(' '))
    .flatMap((routeKey) => {
      const [method = '', template = ''] = routeKey.split(' ');
      return matches(template, path) ? [method] : [];
    });
}

function matches(template: string, path: string): boolean {
  const parts = template.split('/');
  const segments = path.split('/');
  return (
    parts.length === segments.length &&
    parts.every((part, index) => (part.startsWith('{') ? segments[index] !== '' : part === segments[index]))
  );
}
