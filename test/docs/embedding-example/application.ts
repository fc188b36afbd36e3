import { Controller, type DynamicModule, Get, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createAdapter, equipAll, type OwnPorts, type Ports, portToken, type Settings, TichetAlbastruModule } from '../../../src/index';

/** A part of the city hall's own, beside the blue ticket: its routes, its rules, and a port of the module. */
@Controller('opening-hours')
class OpeningHoursController {
  constructor(@Inject(portToken.clock) private readonly clock: Ports['clock']) {}

  @Get()
  today(): { readonly date: string; readonly open: boolean } {
    const date = this.clock.now().slice(0, 10);
    return { date, open: !['Sat', 'Sun'].includes(new Date(date).toUTCString().slice(0, 3)) };
  }
}

/** The city hall's application: its own modules, and the blue ticket among them under `/tichet`. */
@Module({})
class CityHallModule {
  static with(settings: Settings, own: OwnPorts): DynamicModule {
    return {
      module: CityHallModule,
      imports: [TichetAlbastruModule.forRoot({ settings, ports: own, mountPath: '/tichet' })],
      controllers: [OpeningHoursController],
    };
  }
}

/** The contract reads bodies and tells errors in its own way: Nest's own are switched off. */
const nestOptions = { bodyParser: false, logger: false, abortOnError: false } as const;

export const createCityHall = async (settings: Settings, own: OwnPorts): Promise<NestFastifyApplication> => {
  const app = await NestFactory.create<NestFastifyApplication>(CityHallModule.with(settings, own), createAdapter(), nestOptions);
  await equipAll(app);
  return app;
};
