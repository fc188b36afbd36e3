import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { Action } from '../../../application/kernel/rights';

/** Where a route finds what its action is about. */
/** `audited`: as `ticket`, but looked up only for callers who may not see every ticket: an auditor also sees one whose log is broken. */
export type SubjectSource = 'none' | 'ticket' | 'audited' | 'ticket-in-query' | 'staff' | 'staff-in-query' | 'request' | 'letter' | 'offer';
/** How a caller says who they are: a token, the session of an official's browser, or of one that has booked or opened the ticket. */
export type Asker = 'bearer' | 'official' | 'ticket-holder';
export type RouteRule = { readonly who: Asker; readonly action: Action; readonly subject: SubjectSource };
export type RouteAccess = RouteRule | 'everybody';

/** The rule of every route, of a program's and of a page. */
export const accessMetadata = 'tichet:access';
export const opensTo = (access: RouteAccess): MethodDecorator & ClassDecorator => SetMetadata(accessMetadata, access);
/** By it the document knows the rule of a route; it is not left in it. */
export const accessExtension = 'x-access';

/** Who may call this route. A route that says nothing is closed to all. */
export const Access = (action: Action, subject: SubjectSource = 'none'): MethodDecorator =>
  applyDecorators(opensTo({ who: 'bearer', action, subject }), ApiBearerAuth(), ApiExtension(accessExtension, { action, subject }));

export const ForEverybody = (): MethodDecorator & ClassDecorator => opensTo('everybody');
