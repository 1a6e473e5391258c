import '@picocss/pico/css/pico.classless.indigo.min.css';
import './portal.css';
import { render } from 'preact';
import { App } from './app.tsx';

const root = document.getElementById('portal');
if (root !== null) {
  root.replaceChildren();
  render(<App />, root);
}
