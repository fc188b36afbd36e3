import { applyDecorators, SetMetadata, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Action } from '../../../application/kernel/access';
import type { SubjectSource } from '../../api/access/access-decorator';
import { OwnRoutes } from '../../api/own-routes';
import { PageInterceptor } from '../page/page-interceptor';
import { PageGuard } from './page-guard';

import { type PageAccess, pageAccessMetadata } from './page-access-metadata';

/** A controller of pages. A page that does not say who may see it is closed to everybody. */
export const Pages = (path = ''): ClassDecorator =>
  applyDecorators(OwnRoutes(path, 'people'), ApiExcludeController(), UseGuards(PageGuard), UseInterceptors(PageInterceptor));

/** Who is signed in, and may do this to what the address names (`:id`, or nothing in particular). */
export const ForOfficials = (action: Action, subject: SubjectSource = 'none'): MethodDecorator =>
  SetMetadata(pageAccessMetadata, { to: 'officials', action, subject } satisfies PageAccess);

/** The citizen whose browser has booked or opened the ticket that `:reference` names. */
export const ForTicketHolder = (action: Action): MethodDecorator =>
  SetMetadata(pageAccessMetadata, { to: 'ticket-holder', action } satisfies PageAccess);

export const ForAnybody = (): MethodDecorator => SetMetadata(pageAccessMetadata, { to: 'anybody' } satisfies PageAccess);
