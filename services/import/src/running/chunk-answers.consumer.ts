import { Controller } from '@nestjs/common';
import { importChunkAnswered, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { ChunkAnswers } from './chunk-answers.service.js';

@Controller()
export class ChunkAnswersConsumer {
  constructor(private readonly answers: ChunkAnswers) {}

  @OnEvent(importChunkAnswered)
  onAnswered(event: EventOf<typeof importChunkAnswered>): Promise<void> {
    return this.answers.take(event, event.data);
  }
}
