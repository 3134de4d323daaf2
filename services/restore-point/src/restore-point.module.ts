import { Module } from '@nestjs/common';
import { Marking } from './restore-points/marking.service.js';
import { OverdueMarks } from './restore-points/overdue-marks.js';
import { RestorePointRepository } from './restore-points/restore-point.repository.js';
import { RestorePointsConsumer } from './restore-points/restore-points.consumer.js';
import { RestorePointsController } from './restore-points/restore-points.controller.js';
import { RestorePointsService } from './restore-points/restore-points.service.js';

@Module({
  controllers: [RestorePointsController, RestorePointsConsumer],
  providers: [RestorePointsService, Marking, OverdueMarks, RestorePointRepository],
})
export class RestorePointModule {}
