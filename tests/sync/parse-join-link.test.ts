import { describe, expect, it } from 'vitest';
import { parseJoinLink } from '../../src/sync/parse-join-link.ts';

const code = '7K3MQ0RSTVWX';

describe('parseJoinLink', () => {
  it.each([
    code,
    '7k3m-q0rs-tvwx',
    ' 7K3M Q0RS\tTVWX ',
    '7K3MQORSTVWX',
    `https://plan.example/join#${code}`,
    'https://plan.example/join#7k3m-q0rs-tvwx',
    'https://plan.example/join#7k3m%20q0rs%20tvwx',
    `Set up: http://localhost:8787/join#${code}\n`,
  ])('[JOIN-CODE] reads %j', (typed) => {
    expect(parseJoinLink(typed)).toBe(code);
  });

  it.each([
    '',
    'short',
    'https://plan.example/join',
    'https://plan.example/join#',
    '7K3MQ0RSTVW!',
    'https://plan.example/join#%E0%A4%A',
  ])('[JOIN-CODE] finds no code in %j', (typed) => {
    expect(parseJoinLink(typed)).toBeNull();
  });
});
