import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { appFiles } from './scripts/app-files.ts';
import { appManifest } from './scripts/app-manifest.ts';

const target = 'es2022';
const publicDir = 'public';
/** Bytes of source up to which what several later parts share goes into one file. */
const smallPart = 2_500;
/**
 * Loaded by themselves, and small or rare: apart each would be one more file, and one more line in two lists that every phone loads.
 * Nothing else imports them, so no two files need each other.
 */
const together = [
  ['engine', /\/src\/(app\/start-engine\.ts|sync\/)/],
  ['notices', /\/src\/parts\/(unreadable-notice|refused-incident-notice|activate-link)\.tsx/],
  ['now-and-then', /\/src\/features\/now\/(closed-now|recovery-waits|nobody-yet|overruled-now|my-role-picker)\.tsx/],
  ['lists', /\/src\/app\/(more-page|incidents-page|incident-switch)\.tsx/],
  ['engine-storage', /\/src\/storage\/(incident-plans|adopt-membership|carry)\.ts/],
  [
    'backup',
    /\/src\/storage\/(backup-file|read-backup|inspect-backup|export-backup|restore-backup|restored-entries|prove-storage)\.ts/,
  ],
  [
    'sealed',
    /\/src\/(app\/(sealed-start|passphrase-screen|create-encryption)|storage\/(open-seal|locked-key|reform-rows|row-cipher|seal-|sealed-|turn-seal))|@noble\/ciphers/,
  ],
] as const;

/** The app by default; the server as one file with `--ssr`. `scripts/build.mjs` runs both and says where they go. */
export default defineConfig(({ isSsrBuild }) => (isSsrBuild === true ? server() : app()));

function app() {
  return {
    publicDir,
    // the build for today's browsers saves 2 KiB on each of page and service worker
    resolve: { alias: { dexie: 'dexie/dist/modern/dexie.mjs' } },
    plugins: [react(), appFiles(), serviceWorkerAndManifest()],
    // its readers are loaded when a document needs them
    worker: { format: 'es' as const },
    // the policy allows no data: styles, and a small file costs one request, once
    build: {
      target,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: {
        output: {
          codeSplitting: {
            includeDependenciesRecursively: false,
            groups: [
              { name: firstLoad, debugName: 'first load', priority: 2 },
              ...together.map(([name, test]) => ({ name, test, priority: 2 })),
              // each file costs a line in the service worker's list, and a small one is mostly that line
              {
                name: 'small-parts',
                test: /\/src\/(ui|parts)\/|\/detail-top\.tsx|\/mark\.tsx|\.module\.css/,
                minShareCount: 2,
                maxModuleSize: smallPart,
                priority: 1,
              },
              { name: smallDomain, debugName: 'small domain', minShareCount: 2, maxModuleSize: smallPart, priority: 1 },
            ],
          },
        },
      },
    },
    server: { port: 5173, strictPort: true, proxy: { '/api': 'http://localhost:8787' } },
  };
}

type ModuleGraph = {
  getModuleInfo(id: string): {
    readonly importers: readonly string[];
    readonly importedIds: readonly string[];
    readonly isEntry: boolean;
    readonly code: string | null;
  } | null;
};

/**
 * What the first opening waits for goes into one file: cut up by who else uses it, it would be thirty, which compress worse by
 * several KiB and crowd the list of the service worker.
 */
function firstLoad(id: string, graph: ModuleGraph): string | null {
  const seen = new Set<string>();
  const isReached = (each: string): boolean => {
    if (seen.has(each)) return false;
    seen.add(each);
    const module = graph.getModuleInfo(each);
    return module !== null && (module.isEntry || module.importers.some(isReached));
  };
  return isReached(id) ? 'first-load' : null;
}

/**
 * Small parts of domain and storage in one file. It imports the first load only: one that needs anything else would make two files
 * need each other, and then one of them runs before what it needs.
 */
function smallDomain(id: string, graph: ModuleGraph): string | null {
  const standsAlone = (each: string): boolean => {
    if (firstLoad(each, graph) !== null) return true;
    const module = graph.getModuleInfo(each);
    if (module === null || !/\/src\/(domain|storage)\//.test(each)) return false;
    return (module.code ?? '').length <= smallPart && module.importedIds.every(standsAlone);
  };
  return firstLoad(id, graph) === null && standsAlone(id) ? 'small-domain' : null;
}

function server() {
  return {
    publicDir: false as const,
    build: {
      target: 'node20',
      copyPublicDir: false,
      minify: false,
      sourcemap: true,
      reportCompressedSize: false,
      rollupOptions: { output: { entryFileNames: 'main.js', codeSplitting: false } },
    },
    // everything in one file starts faster; the native database finds its binary only from its own folder
    ssr: { noExternal: true as const, external: ['better-sqlite3', 'nodemailer', 'pg', 'web-push'] },
  };
}

function serviceWorkerAndManifest(): Plugin[] {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/sw',
    filename: 'sw.js',
    injectRegister: false,
    manifest: appManifest(publicDir),
    includeManifestIcons: false,
    injectManifest: {
      rollupFormat: 'iife',
      target,
      // the manifest is added by the plugin
      globPatterns: ['**/*.{js,css,html,svg,png,woff2,json}'],
      globIgnores: ['screenshots/**', 'sw.js'],
      // a file that is too large must fail the build, not be left out of the offline app
      maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
    },
    integration: {
      // the source has a name that says what it is, the address must be /sw.js
      configureCustomSWViteBuild(options) {
        const { lib } = options.build ?? {};
        if (lib !== undefined && lib !== false) lib.entry = 'src/sw/service-worker.ts';
      },
    },
  });
}
