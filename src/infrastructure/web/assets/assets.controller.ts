import { Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OwnRoutes } from '../../api/own-routes';
import { HttpProblem } from '../../api/problem/problem';
import { encodingFor } from '../page/page-service';
import { assets } from './assets';

/** What the server says of every answer and only documents heed: three quarters of a kilobyte a file, on lines that are slow enough. */
const forDocuments = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'origin-agent-cluster',
  'referrer-policy',
  'strict-transport-security',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
] as const;

/** Style, script and picture of the pages. */
@ApiExcludeController()
@OwnRoutes('assets', 'people')
export class AssetsController {
  @Get(':name')
  send(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const asset = assets().get(request.url.split('?')[0] ?? '');
    if (asset === undefined) throw new HttpProblem({ code: 'not-found' });
    for (const name of forDocuments) reply.raw.removeHeader(name);
    const encoding = encodingFor(request);
    if (encoding !== undefined) void reply.header('content-encoding', encoding);
    void reply
      .headers({ 'content-type': asset.type, 'cache-control': 'public, max-age=31536000, immutable', vary: 'Accept-Encoding' })
      .send(encoding === 'br' ? asset.brotli : encoding === 'gzip' ? asset.gzip : asset.plain);
  }
}
