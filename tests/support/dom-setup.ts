import '@testing-library/jest-dom/vitest';
import 'fake-indexeddb/auto';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(cleanup);

// a machine that does other things at the same time is no reason to fail
configure({ asyncUtilTimeout: 60_000 });
