/** The scripts that run beside the page: the service worker, and what reads documents. */
const allowed = /^\/(sw|assets\/import-worker-[\w-]+)\.js$/;

/** Trusted Types (W3C) are missing from TypeScript's own types; a TrustedScriptURL passes wherever a URL's string does. */
type Policy = { createScriptURL(url: string): string };
type TrustedTypes = { createPolicy(name: string, rules: Policy): Policy };

let policy: Policy | null = null;

/** With Trusted Types enforced, a plain string would be refused; the policy makes the app's own addresses and no other. */
export function scriptAddress(path: string): string {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return path;
  policy ??= trustedTypes.createPolicy('holdfast-scripts', {
    createScriptURL(url) {
      if (!allowed.test(url) && !import.meta.env.DEV) throw new TypeError(url);
      return url;
    },
  });
  return policy.createScriptURL(path);
}
