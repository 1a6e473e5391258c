import { Page } from '../parts/page.tsx';

export function NotFound() {
  return (
    <Page title="There is no such page">
      <p>
        Go back to <a href="/portal">the set-up</a>.
      </p>
    </Page>
  );
}
