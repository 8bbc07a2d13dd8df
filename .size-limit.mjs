// Budgets of what a phone has to fetch, read from the newest build. What is precached is counted as the server sends it.
import { existsSync, readFileSync } from 'node:fs';

const app = 'dist/app';
const page = readFileSync(`${app}/index.html`, 'utf8');
const serviceWorker = readFileSync(`${app}/sw.js`, 'utf8');

// the entry and the modules that the page names for preloading are all that a first opening waits for
const firstLoad = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path]) => `${app}/${path}`);
const precached = [...serviceWorker.matchAll(/\{"revision":[^,]+,"url":"([^"]+)"\}/g)].map(
  ([, url]) => `${app}/${url}`,
);
if (firstLoad.length === 0) throw new Error('index.html names no script: the budget would hold for nothing');
if (!precached.includes(`${app}/index.html`)) throw new Error('no list of precached files found in sw.js');

export default [
  { name: 'JavaScript of the first load, gzip', path: firstLoad, gzip: true, limit: '150 KiB' },
  { name: 'Everything precached, as sent', path: precached.map(asSent), brotli: false, limit: '700 KiB' },
  { name: 'Service worker, gzip', path: `${app}/sw.js`, gzip: true, limit: '60 KiB' },
];

/** @param {string} path */
function asSent(path) {
  return existsSync(`${path}.br`) ? `${path}.br` : path;
}
