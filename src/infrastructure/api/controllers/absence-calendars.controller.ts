import { officialOf } from '../access/viewer';
import { Body, Delete, Get, HttpCode, HttpStatus, Inject, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { Ports } from '../../../application/kernel/ports/ports';
import { portsToken } from '../../nest/tokens';
import { AbsenceCalendars } from '../../nest/absence-calendars';
import type { CalendarStatus, EventNotRead } from '../../outside/absences/calendar-read';
import { largestCalendarBytes } from '../../outside/absences/fetch-calendar';
import { whyNothing, whyNotRead } from '../../outside/absences/sentences';
import { Access } from '../access/access-decorator';
import { Api, Operation, type Plain } from '../api-decorator';
import { CalendarStatusAnswer, CalendarTakenAnswer, CalendarsAnswer, FollowedAnswer } from '../dto/answers';
import { textWithin } from '../body/text-within';
import { CalendarAddressBody } from '../dto/staff';
import { etagOf, matches } from '../commands/preconditions';
import { StaffPath } from '../dto/paths';
import type { Locale } from '../../../domain/ticket/facts';
import { localeOf } from '../problem/language';
import { invalidField } from '../problem/invalid';
import { answered, HttpProblem } from '../problem/problem';
import { inBoth } from '../../phrasing/sentences';

const inWords = (unreadable: readonly EventNotRead[], locale: Locale): readonly { readonly line: number; readonly message: string }[] =>
  unreadable.map(({ line, why }) => ({ line, message: whyNotRead[why][locale] }));

const shown = ({ read, failed }: CalendarStatus, locale: Locale): Plain<CalendarStatusAnswer> => ({
  ...(read && { read: { ...read, unreadable: inWords(read.unreadable, locale) } }),
  ...(failed && { failed: { ...failed, message: whyNothing[failed.why][locale] } }),
});

/** Absences that come from a civil servant's own calendar (A16). */
@Api('staff/:id/absences', 'Staff')
export class AbsenceCalendarsController {
  constructor(
    private readonly calendars: AbsenceCalendars,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Post('import')
  @HttpCode(HttpStatus.OK)
  @Access('staff.schedule', 'staff')
  @ApiConsumes('text/calendar')
  @ApiBody({ schema: { type: 'string' } })
  @Operation('A calendar file (iCalendar): its busy times become absences, in place of those of the file before', {
    200: CalendarTakenAnswer,
  })
  async importAbsences(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param() { id }: StaffPath): Promise<void> {
    if (!(request.body instanceof Readable)) throw new HttpProblem({ code: 'unsupported-media-type' });
    const sent = await textWithin(request.body, largestCalendarBytes);
    if (sent === 'too-large') throw invalidField('body', whyNothing['too-large']);
    const taken = answered(await this.calendars.takeFile(officialOf(request), id, sent.text));
    if (taken.kind === 'nothing') throw invalidField('body', whyNothing[taken.why]);
    const faults = inWords(taken.unreadable, localeOf(request.headers['accept-language']));
    void reply.header('Tichet-Position', taken.position).send({ ...taken.counts, faults });
  }

  @Get('calendar')
  @Access('staff.schedule', 'staff')
  @Operation('How it stands with the calendars of this person; the address itself is never told', { 200: CalendarsAnswer })
  async getAbsenceCalendar(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param() { id }: StaffPath,
  ): Promise<Plain<CalendarsAnswer>> {
    const { followed, address, file, asksForAPerson } = await this.calendars.of(id);
    void reply.header('ETag', etagOf(this.ports.personalData, await this.calendars.followedAs(id)));
    const locale = localeOf(request.headers['accept-language']);
    return { followed, asksForAPerson, address: shown(address, locale), file: shown(file, locale) };
  }

  @Put('calendar')
  @Access('staff.schedule', 'staff')
  @Operation('Read the calendar at this private address from now on, every half hour', { 200: FollowedAnswer })
  async followAbsenceCalendar(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param() { id }: StaffPath,
    @Body() { url }: CalendarAddressBody,
  ): Promise<Plain<FollowedAnswer>> {
    const ifMatch = request.headers['if-match'];
    if (ifMatch !== undefined && !matches(this.ports.personalData, ifMatch, await this.calendars.followedAs(id)))
      throw new HttpProblem({ code: 'precondition-failed' });
    const outcome = answered(await this.calendars.follow(officialOf(request), id, url));
    if (outcome === 'no-address') throw invalidField('url', inBoth.api.absenceCalendars.httpsWebcalAddressCalendar);
    if (outcome === 'not-allowed') throw invalidField('url', whyNothing['address-not-allowed']);
    void reply.header('ETag', etagOf(this.ports.personalData, await this.calendars.followedAs(id)));
    return { followed: true };
  }

  @Delete('calendar')
  @Access('staff.schedule', 'staff')
  @Operation('Read it no more; the absences that came from it stay', { 200: FollowedAnswer })
  async leaveAbsenceCalendar(@Req() request: FastifyRequest, @Param() { id }: StaffPath): Promise<Plain<FollowedAnswer>> {
    answered(await this.calendars.leave(officialOf(request), id));
    return { followed: false };
  }
}
