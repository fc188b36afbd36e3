import { Delete, HttpCode, HttpStatus, Inject, Param, Post, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { currentStaff } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import { hasLeft } from '../../../domain/staff/staff-member';
import { civilDateOf } from '../../../domain/time/civil-time';
import { feedOwner, renewFeed, revokeFeed } from '../../outside/calendar-feed/feed-secrets';
import { staffFeed } from '../../outside/calendar-feed/staff-feed';
import { portsToken } from '../../nest/tokens';
import { Access, ForEverybody } from '../access/access-decorator';
import { officialOf, staffIdOf } from '../access/viewer';
import { Api, Operation } from '../api-decorator';
import { FeedAnswer } from '../dto/answers';
import { FeedPath } from '../dto/paths';
import { answered, HttpProblem } from '../problem/problem';

/** RFC 9110, 13.1.2: several, or any; compared weakly. */
const knowsAlready = (asked: string | undefined, etag: string): boolean =>
  (asked ?? '').split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);

/** A civil servant's meetings in a calendar program. */
@Api('calendar', 'Staff')
export class FeedController {
  constructor(@Inject(portsToken) private readonly ports: Ports) {}

  @Post('feed')
  @Access('calendar.read')
  @Operation('A new secret address of one’s own feed; the old one dies', { 201: FeedAnswer })
  async renewFeed(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const secret = answered(await renewFeed(this.ports, officialOf(request), staffIdOf(request)));
    const path = request.url.split('?')[0]?.replace(/feed$/, `${secret}.ics`) ?? '';
    void reply
      .code(HttpStatus.CREATED)
      .header('Cache-Control', 'no-store')
      .send({ url: `${this.ports.cityHall.publicUrl}${path}` });
  }

  @Delete('feed')
  @HttpCode(HttpStatus.NO_CONTENT)
  @Access('calendar.read')
  @Operation('No feed any more: its address dies', { 204: 'no-body' })
  async revokeFeed(@Req() request: FastifyRequest): Promise<void> {
    answered(await revokeFeed(this.ports, officialOf(request), staffIdOf(request)));
  }

  @Get(':file')
  @ForEverybody()
  @Operation('The feed, for whoever has its address; it names no citizen', { 200: { text: ['text/calendar'] }, 304: 'no-body' }, [
    'not-found',
  ])
  async readFeed(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param() { file }: FeedPath): Promise<void> {
    const staffId = await feedOwner(this.ports, file.slice(0, -'.ics'.length));
    if (staffId === undefined || hasLeft(await currentStaff(this.ports, staffId), civilDateOf(this.ports.clock.now())))
      throw new HttpProblem({ code: 'not-found' });
    const { content, etag } = await staffFeed(this.ports, staffId);
    void reply.headers({ ETag: etag, 'Cache-Control': 'private, max-age=300' });
    if (knowsAlready(request.headers['if-none-match'], etag)) void reply.code(HttpStatus.NOT_MODIFIED).send();
    else void reply.header('Content-Type', 'text/calendar; charset=utf-8').send(content);
  }
}
