import { lookup } from 'node:dns';
import { BlockList, isIPv6, type LookupFunction } from 'node:net';

/** Addresses that belong to no host of the internet (IANA special-purpose registries). */
const blocked = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  blocked.addSubnet(network, bits, 'ipv4');
/** All that is given out to hosts so far lies in 2000::/3; these parts of it lead into IPv4 or nowhere. */
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  blocked.addSubnet(network, bits, 'ipv6');
const givenOut = new BlockList();
givenOut.addSubnet('2000::', 3, 'ipv6');

export function isPublicAddress(address: string): boolean {
  if (!isIPv6(address)) return !blocked.check(address, 'ipv4');
  return givenOut.check(address, 'ipv6') && !blocked.check(address, 'ipv6');
}

/**
 * Looks a name up for one connection, and fails unless every address is public: what is connected to is what was checked, so a name
 * that changes its address in between gains nothing.
 */
export const lookupPublic: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const [first] = found ?? [];
    if (error !== null) done(error, '');
    else if (first === undefined || !found.every(({ address }) => isPublicAddress(address)))
      done(Object.assign(new Error('no public address'), { code: 'EPRIVATE' }), '');
    else if (options.all === true) done(null, found);
    else done(null, first.address, first.family);
  });
};
