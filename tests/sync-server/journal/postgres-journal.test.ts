import { newDatabase, openNode } from '../../support/postgres-databases.ts';
import { journalContract } from '../../contract/journal-contract.ts';

let url = '';

journalContract({
  name: 'PostgreSQL',
  open: async () => {
    url = await newDatabase();
    return await openNode(url);
  },
  openAgain: () => openNode(url),
});
