import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { Action } from '../../../application/kernel/access';

/** Where a route finds what its action is about. */
export type SubjectSource = 'none' | 'ticket' | 'ticket-in-query' | 'staff' | 'staff-in-query' | 'request' | 'letter';
export type RouteAccess = { readonly action: Action; readonly subject: SubjectSource } | 'everybody';

export const accessMetadata = 'tichet:access';
/** By it the document knows the rule of a route; it is not left in it. */
export const accessExtension = 'x-access';

/** Who may call this route. A route that says nothing is closed to everybody. */
export const Access = (action: Action, subject: SubjectSource = 'none'): MethodDecorator =>
  applyDecorators(
    SetMetadata(accessMetadata, { action, subject } satisfies RouteAccess),
    ApiBearerAuth(),
    ApiExtension(accessExtension, { action, subject }),
  );

export const ForEverybody = (): MethodDecorator & ClassDecorator => SetMetadata(accessMetadata, 'everybody' satisfies RouteAccess);
