import { Controller } from '@nestjs/common';
import { importChunkOrdered, type EventOf } from '@muster/contracts';
import { OnEvent } from '@muster/messaging';
import { ImportChunks } from './import-chunks.service.js';

@Controller()
export class ImportChunksConsumer {
  constructor(private readonly chunks: ImportChunks) {}

  // Its own table of results takes the inbox's place: a repeat needs the stored answer, and one lost would block an import.
  @OnEvent(importChunkOrdered, { inbox: false, deadLetter: false })
  onOrdered(event: EventOf<typeof importChunkOrdered>): Promise<void> {
    return this.chunks.handle(event);
  }
}
