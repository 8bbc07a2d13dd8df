/**
 * A mistake that somebody tired could make, and the rule of the protocol that it breaks: `find`, which occurs exactly once in `file`, is
 * replaced.
 * @typedef {{ readonly name: string, readonly breaks: string, readonly rule: string, readonly file: string, readonly find: string, readonly replace: string }} PlantedFault
 */

/**
 * Written by somebody who had read the protocol and the product, and nothing of the simulation.
 * @type {readonly PlantedFault[]}
 */
export const plantedFaults = [
  {
    name: 'cursor-passes-unsent',
    breaks: 'A full page gives the cursor of the first record that no longer fitted: that record never comes.',
    rule: 'POST /api/sync: `records` are the winners with `seq > cursor`',
    file: 'sync-server/journal/page.ts',
    find: 'if (isFull) return { texts, cursor: last, more: true };',
    replace: 'if (isFull) return { texts, cursor: winner.seq, more: true };',
  },
  {
    name: 'cursor-before-page',
    breaks: 'The cursor is saved first and the page in a second transaction: a phone killed in between lacks the page.',
    rule: 'POST /api/sync: the phone stores outcomes, page, cursor, epoch and head in one transaction',
    file: 'src/storage/sync-store.ts',
    find: `      const applied = await database.writeRelaxed(syncTables, (tables) => applyReply(tables, sent, reply, carrying));`,
    replace: `      const [{ settleAll }, { taskOf }, { receive }] = [
        await import('./outbox.ts'),
        await import('./overlay.ts'),
        await import('../domain/sync/hybrid-clock.ts'),
      ];
      const { records } = reply;
      const applied = await database.writeRelaxed(syncTables, (tables) =>
        applyReply(tables, sent, { ...reply, records: [] }, carrying),
      );
      if (applied.ok && applied.value.tag !== 'dropped')
        await database.writeRelaxed(syncTables, async (tables) => {
          const own = await readOwnState(tables);
          const replica = await readReplica(tables, own.sync.filling ?? own.sync.live);
          await tables.records.bulkPut(
            records.map((record) => ({
              ...record,
              replica: replica.number,
              ...taskOf(record.kind, record.key, record.value),
            })),
          );
          await tables.replicas.put({ ...replica, filled: replica.filled + records.length });
          await settleAll(tables, await readReplica(tables, own.sync.live));
          const hybrid = records.reduce((clock, { stamp }) => receive(clock, stamp), own.clock.hybrid);
          await tables.own.bulkPut([{ ...own.clock, hybrid }, pulseAfter(own.pulse, null)]);
        });`,
  },
  {
    name: 'dropped-without-backup',
    breaks:
      'An acknowledged change leaves the outbox after 90 days although no verified backup of the server holds it.',
    rule: 'A server with another past: outbox entries are kept until `safeSeq` has reached their `head.seq`',
    file: 'src/storage/retention.ts',
    find: 'return verdict.history === history && safeSeq >= verdict.headSeq;',
    replace: 'return verdict.history === history && safeSeq >= 0;',
  },
  {
    name: 'stamps-not-received',
    breaks: 'The clock of a phone takes in the stamps of verdicts, and not those of the records it pulled.',
    rule: 'Order: the hybrid logical clock never runs behind any stamp it has seen',
    file: 'src/storage/apply-reply.ts',
    find: 'for (const each of [...reply.outcomes, ...reply.records]) {',
    replace: 'for (const each of reply.outcomes) {',
  },
  {
    name: 'new-ids-on-retry',
    breaks: 'A batch gets new ids each time it is made up: after a lost reply the server knows none of them.',
    rule: 'Records, changes, journal: a change is immutable, its `id` is the idempotency key',
    file: 'src/storage/prepare-request.ts',
    find: `  const taken = await nextEntries(tables, load === undefined ? most : roomBeside(load, most));`,
    replace: `  const renewed = (id: OutboxRow['id']) =>
    (id.slice(0, 24) + ((Number.parseInt(id.slice(24), 16) + 1) % 2 ** 48).toString(16).padStart(12, '0')) as OutboxRow['id'];
  const unsent = await entriesIn(tables, 'unsent').toArray();
  const ids = new Map(unsent.map(({ id }) => [id, renewed(id)]));
  await tables.outbox.bulkPut(
    unsent.map((row) => ({
      ...row,
      id: renewed(row.id),
      base: row.base === null ? null : (ids.get(row.base) ?? row.base),
    })),
  );
  const taken = await nextEntries(tables, load === undefined ? most : roomBeside(load, most));`,
  },
  {
    name: 'tombstone-wins',
    breaks: 'A deletion becomes the winner although what stands has a greater stamp.',
    rule: 'Order: greater effective stamp wins',
    file: 'src/domain/sync/reconcile.ts',
    find: 'const wins = winner === null || compareChanges(',
    replace: 'const wins = winner === null || change.value === null || compareChanges(',
  },
  {
    name: 'author-not-told',
    breaks: 'A conflict names nobody whom it is about: only coordinators are told of it.',
    rule: 'Order: a `conflict` record is seen by its author on every device and by coordinators',
    file: 'sync-server/journal/ledger.ts',
    find: 'about: write.about ?? null,',
    replace: 'about: null,',
  },
  {
    name: 'overruled-winner-untold',
    breaks: 'Conflicts are looked for only where the new change lost: an overruled former winner gets none.',
    rule: 'Order: for the author’s newest overruled change the server writes a `conflict` in the same transaction',
    file: 'sync-server/journal/conflicts.ts',
    find: '      if (!mayConflict(each)) continue;',
    replace: `      if (!mayConflict(each) || each.outcome === 'applied') continue;`,
  },
  {
    name: 'rollback-by-length',
    breaks: 'A journal that was rolled back and grew past the phone’s head again is taken for the same one.',
    rule: 'A server with another past: if the hash at that `seq` differs, the server processes nothing',
    file: 'sync-server/journal/replies.ts',
    find: '(head !== null && (yield* this.histories.hashOf(workspace, head.seq)) !== head.hash);',
    replace: '(head !== null && (yield* this.histories.hashOf(workspace, head.seq)) === null);',
  },
  {
    name: 'refused-not-sent-again',
    breaks: 'After another past only what was accepted is sent again; a refused change stays refused for ever.',
    rule: 'A server with another past: the phone sends its whole outbox again, refused ones included',
    file: 'src/storage/begin-history.ts',
    find: `  const refused = await entriesIn(tables, 'refused').toArray();
  await putInChunks(tables.outbox, [...judged, ...refused].map(sentAgain));`,
    replace: `  await putInChunks(tables.outbox, judged.map(sentAgain));`,
  },
  {
    name: 'newer-before-older',
    breaks: 'After another past what is new goes first and what has to be judged again after it.',
    rule: 'A server with another past: the whole outbox again, in `n` order, before anything newer',
    file: 'src/storage/prepare-request.ts',
    find: `  const again = await firstOfOneDevice(tables, 'again', most);
  return again.length > 0 ? again : await firstOfOneDevice(tables, 'unsent', most);`,
    replace: `  const unsent = await firstOfOneDevice(tables, 'unsent', most);
  return unsent.length > 0 ? unsent : await firstOfOneDevice(tables, 'again', most);`,
  },
  {
    name: 'late-predecessor-not-cut',
    breaks: 'A change that comes after one that rests on it is not cut to before that one, and may beat it.',
    rule: 'Order: if changes already held name this one as `base`, it is cut to 1 ms before the earliest of them',
    file: 'src/domain/sync/judgement.ts',
    find: 'return this.successorsNow.get(id) ?? this.facts.successors.get(id) ?? null;',
    replace: 'return this.successorsNow.get(id) ?? null;',
  },
  {
    name: 'earlier-line-believed',
    breaks: 'What was written before the device’s clock was set is dated by the offset of after it.',
    rule: 'Order: no believed time if the change’s `line` is not the request’s',
    file: 'src/domain/sync/effective-stamp.ts',
    find: 'if (change.line !== request.line) return null;',
    replace: 'if (change.line > request.line) return null;',
  },
  {
    name: 'overlay-compares-stamps',
    breaks: 'A pulled record with a greater stamp hides the phone’s own change before the server has judged it.',
    rule: 'Order: only the server decides; a phone shows its own newest change until refused or reached',
    file: 'src/storage/overlay.ts',
    find: `function isBehind({ bundle, id, stamp }: OutboxRow, { record }: Standing): boolean {
  return bundle !== undefined && record !== null &&`,
    replace: `function isBehind({ id, stamp }: OutboxRow, { record }: Standing): boolean {
  return record !== null &&`,
  },
  {
    name: 'reset-into-the-same-copy',
    breaks: 'A reset is pulled over what is there: what the device may no longer see stays on it.',
    rule: 'What a device may see changed: the app pulls into a second copy and changes over',
    file: 'src/storage/apply-reply.ts',
    find: 'const isNew = reply.reset && !isBlank(asked);',
    replace: 'const isNew = reply.reset && isBlank(asked);',
  },
  {
    name: 'aside-only-by-epoch',
    breaks: 'After a rollback without a new epoch nothing of what others wrote and the server lost is kept aside.',
    rule: 'A server with another past: records of others that the server lost are kept aside',
    file: 'src/storage/switch-replica.ts',
    find: 'if (old.history !== filled.history) await keepLostAside(',
    replace: 'if (old.epoch !== filled.epoch) await keepLostAside(',
  },
  {
    name: 'clone-half-accepted',
    breaks: 'Of a cloned device only the change under the used `n` is refused; its later ones are accepted.',
    rule: 'Clones: refused `sequence-reused`, with all later ones of that device in the request',
    file: 'src/domain/sync/reconcile.ts',
    find: 'const isClone = (use !== undefined && use !== change.id) || judgement.isCloned(device);',
    replace: 'const isClone = use !== undefined && use !== change.id;',
  },
  {
    name: 'given-forgotten',
    breaks: 'A change that is sent again to another past does not carry the effective stamp it had.',
    rule: 'A server with another past: each with `given`, the effective stamp it had',
    file: 'src/storage/begin-history.ts',
    find: 'given: entry.verdict?.stamp ?? entry.given',
    replace: 'given: entry.given',
  },
  {
    name: 'refused-stamped-anew',
    breaks: 'A refused change that comes again gets a new effective stamp instead of the one it had.',
    rule: 'POST /api/sync: a refused change keeps its effective stamp and is judged anew',
    file: 'src/domain/sync/reconcile.ts',
    find: 'const stamp = isOwn ? (before?.stamp ?? stampFor(read, device, judgement)) : null;',
    replace: 'const stamp = isOwn ? stampFor(read, device, judgement) : null;',
  },
  {
    name: 'bundle-age-in-seconds',
    breaks: 'The time that a bundle lay on its relay is taken for seconds: its author seems to have been early.',
    rule: 'Bundles: `age` = ms since, by the relay’s clock',
    file: 'sync-server/journal/relays.ts',
    find: 'bundle, arrived - age, (facts)',
    replace: 'bundle, arrived - age / 1000, (facts)',
  },
];
