import '../domain/no-eval.ts';
import '../ui/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
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
