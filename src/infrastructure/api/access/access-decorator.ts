import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { Action } from '../../../application/kernel/access';

/** Where a route finds what its action is about. */
export type SubjectSource = 'none' | 'ticket' | 'ticket-in-query' | 'staff' | 'staff-in-query' | 'request' | 'letter';
export type RouteAccess = { readonly action: Action; readonly subject: SubjectSource } | 'everybody';

export const accessMetadata = 'tichet:access';

/** Who may call this route. A route that says nothing is closed to everybody. */
export const Access = (action: Action, subject: SubjectSource = 'none'): MethodDecorator =>
  applyDecorators(SetMetadata(accessMetadata, { action, subject } satisfies RouteAccess), ApiBearerAuth());

export const ForEverybody = (): MethodDecorator & ClassDecorator => SetMetadata(accessMetadata, 'everybody' satisfies RouteAccess);
