// Required before a server's own program: counts the bytes that are allocated on V8's heap between the messages "begin" and
// "end". What the heap held before each collection and after it is known, so that what was collected counts too.
const { GCProfiler, getHeapStatistics } = require("node:v8");

const used = () => getHeapStatistics().used_heap_size;
let profiler;
let first;

process.on("message", (order) => {
  if (order === "begin") {
    profiler = new GCProfiler();
    profiler.start();
    first = used();
    process.send({ allocated: 0 });
    return;
  }
  const last = used();
  let allocated = 0;
  let after = first;
  for (const { beforeGC, afterGC } of profiler.stop().statistics) {
    allocated += beforeGC.heapStatistics.usedHeapSize - after;
    after = afterGC.heapStatistics.usedHeapSize;
  }
  process.send({ allocated: allocated + last - after });
});
