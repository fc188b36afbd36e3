import type { Operations } from '../../src/application/kernel/ports/operations';
import type { NotedRefusal } from '../../src/application/kernel/ports/refusals';
import { createMemoryOperations } from '../../src/infrastructure/tables/operations/memory-operations';
import { openSqliteOperations } from '../../src/infrastructure/tables/operations/sqlite-operations';
import { operationsContract } from '../../src/infrastructure/testing/operations-contract';
import { emptyFolder } from '../support/closing';

describe('the memory operations', () => {
  it.each(operationsContract)('$promise', async ({ check }) => {
    await expect(check({ operations: createMemoryOperations() })).resolves.toBeUndefined();
  });
});

const answerKey = Buffer.alloc(32, 3);

describe('the sqlite operations', () => {
  it.each(operationsContract)('$promise', async ({ check }) => {
    const folder = emptyFolder();
    let operations = openSqliteOperations({ folder, answerKey });
    const reopen = () => {
      operations.close();
      operations = openSqliteOperations({ folder, answerKey });
      return operations;
    };
    try {
      await expect(check({ operations, reopen })).resolves.toBeUndefined();
    } finally {
      operations.close();
    }
  });
});

/** Compares first and counts afterwards, with the world in between: what a naive store does. */
const countsLate = (): Operations => {
  const operations = createMemoryOperations();
  let tries = 0;
  const takeTry: Operations['verification']['takeTry'] = async (ticketId, at, triesPerCode) => {
    const seen = tries;
    await new Promise(setImmediate);
    if (seen >= triesPerCode) return { kind: 'exhausted' };
    tries = seen + 1;
    return { kind: 'compare', n: 1, triesLeft: triesPerCode - seen - 1 };
  };
  return { ...operations, verification: { ...operations.verification, takeTry } };
};
const keepsTheLast = (): Operations => {
  const operations = createMemoryOperations();
  return { ...operations, idempotency: { ...operations.idempotency, settle: (_, answer) => Promise.resolve(answer) } };
};
const keepsTheRefused = (): Operations => {
  const operations = createMemoryOperations();
  return { ...operations, idempotency: { ...operations.idempotency, refused: () => Promise.resolve() } };
};
const bringsBack = (): Operations => {
  const operations = createMemoryOperations();
  const replace: Operations['sessions']['replace'] = async (...row) => operations.sessions.put(...row).then(() => true);
  return { ...operations, sessions: { ...operations.sessions, replace } };
};

const bringsDraftsBack = (): Operations => {
  const operations = createMemoryOperations();
  return { ...operations, drafts: { ...operations.drafts, finish: () => Promise.resolve() } };
};

const keepsEveryHit = (): Operations => {
  const operations = createMemoryOperations();
  return { ...operations, throttle: { ...operations.throttle, prune: () => Promise.resolve(0) } };
};

const keepsEveryRefusal = (): Operations => {
  const operations = createMemoryOperations();
  const rows: NotedRefusal[] = [];
  const note: Operations['refusals']['note'] = (refusal) => Promise.resolve(void rows.push(refusal));
  const of: Operations['refusals']['of'] = (subject) => Promise.resolve(rows.filter((row) => row.subject === subject));
  return { ...operations, refusals: { ...operations.refusals, note, of } };
};

describe('the contract catches', () => {
  it.each([
    { fault: 'tries that are counted after comparing', make: countsLate, within: /thousand tries/ },
    { fault: 'twins that answer differently', make: keepsTheLast, within: /fifty answers/ },
    { fault: 'a refused command that stays of the day when it was refused', make: keepsTheRefused, within: /refused command/ },
    { fault: 'a session that comes back after it was removed', make: bringsBack, within: /does not come back/ },
    { fault: 'a draft that comes back after it was sent', make: bringsDraftsBack, within: /a draft is found/ },
    { fault: 'hits that stay when nobody comes again', make: keepsEveryHit, within: /its own window/ },
    { fault: 'a refused command that is a line each time', make: keepsEveryRefusal, within: /one line[\s\S]*newest stay/ },
  ])('$fault', async ({ make, within }) => {
    const broken: string[] = [];
    for (const { promise, check } of operationsContract) await check({ operations: make() }).catch(() => broken.push(promise));
    expect(broken.join('\n')).toMatch(within);
  });
});
