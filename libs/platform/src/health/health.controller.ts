import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { HealthCheckService, HealthIndicatorService, type HealthCheckResult } from '@nestjs/terminus';
import { Public } from '../auth/public.js';
import { Database } from '../database/database.js';
import { readinessOf } from './is-ready.js';

/** For the platform that runs the service. Neither asks the broker: an outage of it must not take sign-in down. */
@ApiExcludeController()
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly database: Database,
  ) {}

  /** The event loop turns. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The database answers and the migrations fit. */
  @Get('ready')
  ready(): Promise<HealthCheckResult> {
    return this.health.check([
      async () => {
        const indicator = this.indicators.check('database');
        const readiness = await readinessOf(this.database);
        return readiness === 'ready' ? indicator.up() : indicator.down(readiness);
      },
    ]);
  }
}
