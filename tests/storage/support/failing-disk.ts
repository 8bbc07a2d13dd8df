import { IDBObjectStore } from 'fake-indexeddb';

/** Lets `writes` rows be written, then fails each further one as a browser does; gives what undoes it. */
export function failAfter(writes: number, name: string): () => void {
  const { put, add } = IDBObjectStore.prototype;
  let done = 0;
  const counted = <A extends unknown[], R>(real: (this: IDBObjectStore, ...args: A) => R) =>
    function (this: IDBObjectStore, ...args: A): R {
      if (done >= writes) throw new DOMException('injected', name);
      done += 1;
      return real.apply(this, args);
    };
  IDBObjectStore.prototype.put = counted(put);
  IDBObjectStore.prototype.add = counted(add);
  return () => {
    IDBObjectStore.prototype.put = put;
    IDBObjectStore.prototype.add = add;
  };
}
