import { Get, HttpStatus, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Background } from '../../nest/background';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken } from '../../nest/tokens';
import type { Plain } from '../api-decorator';
import { OwnRoutes } from '../own-routes';
import { HealthAnswer } from '../dto/answers';

@OwnRoutes('health')
@ApiTags('Operations')
export class HealthController {
  constructor(private readonly background: Background) {}

  @Get('live')
  @ApiOperation({ summary: 'The process answers', description: 'For whatever starts the service again.' })
  @ApiOkResponse({ type: HealthAnswer, description: 'OK' })
  isLive(): Plain<HealthAnswer> {
    return { status: 'live' };
  }

  @Get('ready')
  @ApiOperation({
    summary: 'The read models have reached the log’s end as found at start',
    description: 'For whatever sends requests here.',
  })
  @ApiOkResponse({ type: HealthAnswer, description: 'OK' })
  @ApiServiceUnavailableResponse({ type: HealthAnswer, description: 'Not yet, or no more' })
  async isReady(@Res() reply: FastifyReply): Promise<void> {
    const status = await this.background.readiness();
    const failing = status === 'storage-failing' ? this.background.failing() : [];
    const filling = status === 'ready' ? await this.background.filling() : [];
    void reply
      .code(status === 'ready' ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
      .header('Cache-Control', 'no-store')
      .send({ status, ...(failing.length > 0 && { failing }), ...(filling.length > 0 && { filling }) });
  }
}

@OwnRoutes('metrics')
@ApiTags('Operations')
export class MetricsController {
  constructor(@Inject(openedToken) private readonly opened: OpenedPorts) {}

  @Get()
  @ApiOperation({ summary: 'Numbers for Prometheus, without any person', description: 'What each means: docs/operations.md.' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } }, description: 'OK' })
  async readMetrics(@Res() reply: FastifyReply): Promise<void> {
    void reply.header('Content-Type', this.opened.metrics.contentType).send(await this.opened.metrics.text());
  }
}
