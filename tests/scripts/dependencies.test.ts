import { describe, expect, it } from 'vitest';
import { textOf } from './source-files.ts';

type Locked = {
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly version?: string;
};
type Manifest = Readonly<
  Record<'dependencies' | 'devDependencies' | 'overrides' | 'scripts', Readonly<Record<string, string>>>
> & {
  readonly allowScripts: Readonly<Record<string, boolean>>;
};

const manifest = JSON.parse(textOf('package.json')) as Manifest;
const { packages } = JSON.parse(textOf('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };
const locked = Object.entries(packages).filter(([path]) => path !== '');
const nameIn = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

describe('dependencies', () => {
  it('[SEC-DEPS] every package that is installed is the one whose SHA-512 was locked, and the lock names no place to get it from', () => {
    expect(locked.length).toBeGreaterThan(100);
    expect(locked.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''))).toEqual([]);
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(textOf('.npmrc')).not.toMatch(/registry\s*=|_auth|strict-ssl/i);
  });

  it('[SEC-DEPS] every version is exact, so that an update is a change that somebody made', () => {
    const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.overrides });
    const open = wanted.filter(
      ([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version) && !version.startsWith('$'),
    );
    expect(open).toEqual([]);
  });

  it('[SEC-DEPS] no package runs a script while it is installed but those that were looked at', () => {
    const scripted = new Set(
      locked.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => nameIn(path)),
    );
    expect([...scripted].filter((name) => manifest.allowScripts[name] === undefined)).toEqual([]);
    expect(
      Object.keys(manifest.scripts).filter((name) => /^(?:pre|post)?(?:install|prepare|publish)$/.test(name)),
    ).toEqual(['postinstall']);
    expect(manifest.scripts['postinstall']).toBe('node scripts/prepare-sqlite.mjs');
  });
});
