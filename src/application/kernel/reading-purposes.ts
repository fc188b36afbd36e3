import type { ReadingPurpose } from '../../domain/reading/reading';
import type { Action } from './rights';

/** What whoever enters by a permission looks for: a permission without a line here does not compile. */
export const readingPurposes: Readonly<Record<Action, ReadingPurpose>> = {
  'slots.read': 'ticket',
  'ticket.request': 'ticket',
  'counter.book': 'registry',
  'ticket.verify': 'ticket',
  'ticket.read': 'ticket',
  'ticket.change': 'ticket',
  'ticket.object': 'ticket',
  'ticket.wish': 'ticket',
  'ticket.handle': 'ticket',
  'ticket.reassign': 'ticket',
  'ticket.forget': 'erasure',
  'subject.access': 'subject-access',
  'calendar.read': 'meetings',
  'staff.schedule': 'meetings',
  'staff.letters': 'meetings',
  'staff.administer': 'administration',
  'request.register': 'registry',
  'request.admit-late': 'registry',
  'request.share-hour': 'registry',
  'request.settle-dispute': 'registry',
  'day.declare': 'administration',
  'parked.settle': 'administration',
  'streams.close': 'administration',
  'webhooks.settle': 'administration',
  'eligibility.read': 'registry',
  'audit.read': 'audit',
  'events.read': 'audit',
  'reports.read': 'reports',
};
