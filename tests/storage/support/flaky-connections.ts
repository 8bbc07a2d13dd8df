import { IDBDatabase } from 'fake-indexeddb';

/*
 * Connections that break. Dexie binds `transaction` when it opens a database, so this is in place before any opening: import it
 * before the storage is opened.
 */

let broken = 0;
let onBreak = (): void => undefined;
let losesWord = false;
let wordsLost = 0;

/** So many of the next transactions find the connection gone, as after WebKit put the page in the background. */
export function breakConnections(times: number, also = (): void => undefined): void {
  broken = times;
  onBreak = also;
}

/** The next writing transaction commits, but the page hears that it was aborted. */
export function loseCommitWord(): void {
  losesWord = true;
}

export function commitWordsLost(): number {
  return wordsLost;
}

export function healConnections(): void {
  broken = 0;
  losesWord = false;
  wordsLost = 0;
}

const real = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (...args) {
  if (broken > 0) {
    broken -= 1;
    onBreak();
    throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
  }
  const transaction = real.apply(this, args);
  if (losesWord && args[1] === 'readwrite') {
    losesWord = false;
    wordsLost += 1;
    // 'complete' reaches nobody who asks for it by property; 'abort' does instead.
    Object.defineProperty(transaction, 'oncomplete', {
      set: () => {
        transaction.addEventListener('complete', () => {
          transaction.onabort?.(new Event('abort'));
        });
      },
    });
  }
  return transaction;
};
