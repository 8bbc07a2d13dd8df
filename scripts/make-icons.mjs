// Draws the PNG icons from public/icons/icon.svg. Run it after the mark has changed, and commit what it writes.
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { browserArguments, findBrowser } from './find-browser.mjs';

const folder = new URL('../public/icons/', import.meta.url);
const mark = await readFile(new URL('icon.svg', folder), 'utf8');
const fullBleed = mark.replace('rx="104"', '');
// the mark stays in the inner circle of 80 % that every mask leaves
const masked = fullBleed.replace(/<g /g, '<g transform="translate(51.2 48) scale(.8)" ');

const icons = /** @type {const} */ ([
  ['icon-192.png', 192, mark],
  ['icon-512.png', 512, mark],
  ['maskable-192.png', 192, masked],
  ['maskable-512.png', 512, masked],
  ['apple-touch-180.png', 180, fullBleed],
]);

const browser = await chromium.launch({ executablePath: findBrowser(), args: browserArguments });
for (const [name, size, svg] of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const sized = svg.replace('<svg ', `<svg width="${size}" height="${size}" `);
  await page.setContent(`<body style="margin:0">${sized.replace('<svg ', '<svg style="display:block" ')}`);
  await writeFile(new URL(name, folder), await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();
