import { applyDecorators, SetMetadata, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Action } from '../../../application/kernel/rights';
import { ForEverybody, opensTo, type SubjectSource } from '../../api/access/access-decorator';
import { OwnRoutes } from '../../api/own-routes';
import { PageInterceptor } from '../page/page-interceptor';
import { elsewhereMetadata, PageGuard } from './page-guard';

/** A controller of pages. A page that does not say who may see it is closed to all. */
export const Pages = (path = ''): ClassDecorator =>
  applyDecorators(OwnRoutes(path, 'people'), ApiExcludeController(), UseGuards(PageGuard), UseInterceptors(PageInterceptor));

/** Who is signed in, and may do this to what the address names (`:id`, or nothing in particular). */
export const ForOfficials = (action: Action, subject: SubjectSource = 'none'): MethodDecorator =>
  opensTo({ who: 'official', action, subject });

/** The citizen whose browser has booked or opened the ticket that `:reference` names. */
export const ForTicketHolder = (action: Action): MethodDecorator => opensTo({ who: 'ticket-holder', action, subject: 'ticket' });

export const ForAnybody: () => MethodDecorator = ForEverybody;

/** Another server, by a message that it has signed. */
export const ForSignedMessages = (): MethodDecorator => applyDecorators(ForAnybody(), SetMetadata(elsewhereMetadata, true));
