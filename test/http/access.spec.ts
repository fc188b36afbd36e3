import { actorOf, officialBy, principalKey, roles, type Principal } from '../../src/application/kernel/access';
import { actions, may, mayEver, type Action, type Subject } from '../../src/application/kernel/rights';

const ticket = (ticketId: string, staffId: string, departmentCode: string): Subject => ({
  kind: 'ticket',
  ticketId,
  staffId,
  departmentCode,
});
const mine = ticket('t1', 's1', '425');
const colleagues = ticket('t2', 's2', '425');
const strangers = ticket('t3', 's3', '500');
const who: Record<string, Principal> = {
  citizen: { kind: 'citizen', ticketId: 't1' },
  booking: { kind: 'booking', request: { number: '1', filedOn: '2026-01-05' }, ground: 'in-operation', tokenId: 'a' },
  ...Object.fromEntries(
    roles.map((role) => [
      role,
      { kind: 'official', role, person: 's1', ...(role === 'staff' || role === 'head' ? { staffId: 's1', departmentCode: '425' } : {}) },
    ]),
  ),
};

/** m: one's own, c: a colleague's of the department, s: a stranger's. Written out by hand from the contract. */
const matrix: Record<Action, Record<string, string>> = {
  'slots.read': { citizen: 'm', booking: '', staff: 'm', head: 'mc', registry: 'mcs' },
  'ticket.request': { booking: '' },
  'counter.book': { registry: 'mcs' },
  'ticket.verify': { citizen: 'm', registry: 'mcs' },
  'ticket.read': { citizen: 'm', staff: 'm', head: 'mc', registry: 'mcs' },
  'ticket.change': { citizen: 'm', staff: 'm', head: 'mc', registry: 'mcs' },
  'ticket.contact': { citizen: 'm', registry: 'mcs' },
  'ticket.object': { citizen: 'm' },
  'ticket.wish': { citizen: 'm' },
  'ticket.handle': { staff: 'm', head: 'mc' },
  'ticket.reassign': { head: 'mc' },
  'ticket.take-over': { head: 'mc' },
  'ticket.forget': { admin: 'mcs' },
  'subject.access': { admin: 'mcs' },
  'calendar.read': { staff: 'm', head: 'mc' },
  'staff.schedule': { staff: 'm', head: 'mc' },
  'deputy.name': { staff: 'm', head: 'mc', admin: 'mcs' },
  'deputy.name-for-department': { head: 'mc', admin: 'mcs' },
  'staff.letters': { staff: 'm', head: 'm' },
  'staff.administer': { admin: 'mcs' },
  'request.register': { registry: 'mcs', admin: 'mcs' },
  'request.settle-dispute': { registry: 'mcs', admin: 'mcs' },
  'request.admit-late': { head: 'mc' },
  'request.share-hour': { head: 'mc' },
  'day.declare': { admin: 'mcs' },
  'service.pause': { head: 'mc', admin: 'mcs' },
  'parked.settle': { admin: 'mcs' },
  'streams.close': { admin: 'mcs' },
  'webhooks.settle': { admin: 'mcs' },
  'tables.rebuild': { admin: 'mcs' },
  'letters.try-again': { admin: 'mcs' },
  'operations.read': { admin: 'mcs' },
  'eligibility.read': { staff: 'mcs', head: 'mcs', auditor: 'mcs', registry: 'mcs' },
  'audit.tickets': { auditor: 'mcs', head: 'mc' },
  'audit.read': { auditor: 'mcs' },
  'events.read': { auditor: 'mcs', integrator: 'mcs' },
  'reports.read': { reports: 'mcs', head: 'mc' },
  'duties.read': { head: 'mc', auditor: 'mcs', reports: 'mcs' },
};

describe('who may do what', () => {
  it.each(actions.flatMap((action) => Object.keys(who).map((name) => ({ action, name }))))('$name: $action', ({ action, name }) => {
    const principal = who[name];
    if (principal === undefined) throw new Error('no such principal');
    const allowed = [
      may(principal, action, mine) ? 'm' : '',
      may(principal, action, colleagues) ? 'c' : '',
      may(principal, action, strangers) ? 's' : '',
    ];
    expect(allowed.join('')).toBe(matrix[action][name] ?? '');
    expect(mayEver(principal, action)).toBe(matrix[action][name] !== undefined);
  });

  it('a booking token opens slots and a new ticket, and no ticket that stands', () => {
    const request = { number: '1', filedOn: '2026-01-05' };
    const booking: Principal = { kind: 'booking', request, ground: 'in-operation', tokenId: 'a' };
    expect(may(booking, 'slots.read', { kind: 'none' })).toBe(true);
    expect(may(booking, 'ticket.request', { kind: 'none' })).toBe(true);
  });

  it('a head whose department is not known reaches nothing of others', () => {
    const head: Principal = { kind: 'official', role: 'head', person: 's1', staffId: 's1' };
    expect(may(head, 'ticket.handle', colleagues)).toBe(false);
    expect(may(head, 'request.admit-late', { kind: 'request', departmentCode: undefined })).toBe(false);
  });

  it('a late admission is for the head of the department that has the request', () => {
    const head: Principal = { kind: 'official', role: 'head', person: 's1', staffId: 's1', departmentCode: '425' };
    expect(may(head, 'request.admit-late', { kind: 'request', departmentCode: '425' })).toBe(true);
    expect(may(head, 'request.admit-late', { kind: 'request', departmentCode: '500' })).toBe(false);
  });
});

describe('who acts', () => {
  it.each([
    ['staff', 's001', 's001'],
    ['head', 's001', 's001'],
    ['admin', 'p.k3', undefined],
    ['admin', 's001', 's001'],
    ['reports', 'service.statistics', undefined],
    ['reports', 'p.k3', undefined],
    ['integrator', 'service.statistics', undefined],
  ] as const)('%s may be %s', (role, person, staffId) => {
    expect(officialBy(role, person)).toEqual({ kind: 'official', role, person, ...(staffId === undefined ? {} : { staffId }) });
  });

  it.each([
    ['staff', 'p.k3'],
    ['staff', 'service.statistics'],
    ['admin', 'service.statistics'],
    ['integrator', 's001'],
    ['integrator', 'p.k3'],
    ['admin', ''],
    ['admin', 'Ana Pop'],
    ['admin', 'p.Ana Pop'],
    ['admin', 'ana.pop@primaria.example'],
    ['reports', 'service.Ana Pop'],
  ] as const)('%s is never %s', (role, person) => {
    expect(officialBy(role, person)).toBeUndefined();
  });

  it('is one person in facts, in what is counted and in what is repeated: two of one role are two', () => {
    const [ana, ion] = ['p.ana', 'p.ion'].map((person) => officialBy('admin', person));
    const program = officialBy('reports', 'service.statistics');
    if (ana === undefined || ion === undefined || program === undefined) throw new Error('no such official');
    expect([ana, ion, program].map((official) => actorOf(official, 't'))).toEqual([
      { kind: 'staff', id: 'p.ana' },
      { kind: 'staff', id: 'p.ion' },
      { kind: 'system', id: 'service.statistics' },
    ]);
    expect(new Set([ana, ion, program].map(principalKey)).size).toBe(3);
  });
});
