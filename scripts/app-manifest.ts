import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ManifestOptions } from 'vite-plugin-pwa';

/** What an installing system is told about the app. Screenshots are whatever lies in `public/screenshots`. */
export function appManifest(publicDir: string): Partial<ManifestOptions> {
  return {
    id: '/',
    name: 'Holdfast',
    short_name: 'Holdfast',
    description: 'Carry out your crisis plan, with or without a network.',
    lang: 'en',
    dir: 'ltr',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    orientation: 'any',
    background_color: '#ffffff',
    theme_color: '#ffffff',
    categories: ['business', 'productivity', 'utilities'],
    icons: [
      icon('icon-192.png', 192, 'any'),
      icon('icon-512.png', 512, 'any'),
      icon('maskable-192.png', 192, 'maskable'),
      icon('maskable-512.png', 512, 'maskable'),
    ],
    shortcuts: [shortcut('Now', '/now'), shortcut('Checklist', '/checklist'), shortcut('Print', '/print')],
    screenshots: screenshots(join(publicDir, 'screenshots')),
  };
}

function icon(file: string, size: number, purpose: 'any' | 'maskable') {
  return { src: `/icons/${file}`, sizes: `${size}x${size}`, type: 'image/png', purpose };
}

function shortcut(name: string, url: string) {
  return { name, url, icons: [icon('icon-192.png', 192, 'any')] };
}

function screenshots(folder: string): NonNullable<ManifestOptions['screenshots']> {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.png')) : [];
  return files.toSorted().map((file) => {
    const { width, height } = pngSize(readFileSync(join(folder, file)));
    return {
      src: `/screenshots/${file}`,
      sizes: `${width}x${height}`,
      type: 'image/png',
      form_factor: width > height ? 'wide' : 'narrow',
      label: labelOf(file),
    };
  });
}

/** `wide-now.png` and `01-role-card.png` become "Now" and "Role card". */
function labelOf(file: string): string {
  const words = file
    .replace(/\.png$/, '')
    .replace(/^(\d+|wide|phone)-/, '')
    .replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Width and height stand in the header chunk that every PNG begins with. */
function pngSize(png: Buffer): { readonly width: number; readonly height: number } {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}
