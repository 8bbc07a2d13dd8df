import '../domain/no-eval.ts';
import '../ui/tokens.css';
import './splash.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { isKnownZone } from '../domain/incident/zoned-time.ts';
import { App } from './app.tsx';
import { openEarly } from './use-life.ts';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no #app');
openEarly();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
// A browser's first format of a time takes a slow phone a tenth of a second, and here the page only waits for its storage.
setTimeout(() => isKnownZone('UTC'));
