/** Blocks one after the other, each made while the one before is written. */
export async function* madeAhead<Place, Block extends { readonly next: Place | undefined }>(
  from: Place,
  make: (place: Place) => Promise<Block>,
): AsyncGenerator<Block> {
  for (let coming: Promise<Block> | undefined = make(from); coming; ) {
    const block: Block = await coming;
    coming = block.next === undefined ? undefined : make(block.next);
    // What goes wrong with it is told when its turn comes.
    coming?.catch(() => {});
    yield block;
  }
}
