// An OpenCL layer (OPENCL_LAYERS=…/libhandles.so) that counts the handles that a process holds.
//
//   HANDLES=FILE  receives while the process runs, as 64-bit integers of the machine: contexts,
//                 queues, memory objects, programs, kernels and events that are alive, bytes of the
//                 memory objects; behind them, in the same order, all that ever were
//
// gcc -shared -fPIC -O1 -o libhandles.so handles.c
#define CL_TARGET_OPENCL_VERSION 300
#define CL_USE_DEPRECATED_OPENCL_1_2_APIS
#include <CL/cl.h>
#include <CL/cl_layer.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { CONTEXTS, QUEUES, BUFFERS, PROGRAMS, KERNELS, EVENTS, BYTES, KINDS };

static const cl_icd_dispatch *next;
static cl_icd_dispatch mine;
static atomic_long *counts;

static void add(int kind, long n) {
  atomic_fetch_add(&counts[kind], n);
  if (n > 0) {
    atomic_fetch_add(&counts[KINDS + kind], n);
  }
}

#define CREATE(type, name, kind, parameters, arguments)                                            \
  static type CL_API_CALL my_##name parameters {                                                   \
    type made = next->name arguments;                                                              \
    add(kind, made != NULL);                                                                       \
    return made;                                                                                   \
  }
CREATE(cl_context, clCreateContext, CONTEXTS,
       (const cl_context_properties *a, cl_uint b, const cl_device_id *c,
        void(CL_CALLBACK *d)(const char *, const void *, size_t, void *), void *e, cl_int *f),
       (a, b, c, d, e, f))
CREATE(cl_command_queue, clCreateCommandQueue, QUEUES,
       (cl_context a, cl_device_id b, cl_command_queue_properties c, cl_int *d), (a, b, c, d))
CREATE(cl_program, clCreateProgramWithSource, PROGRAMS,
       (cl_context a, cl_uint b, const char **c, const size_t *d, cl_int *e), (a, b, c, d, e))
CREATE(cl_program, clCreateProgramWithBinary, PROGRAMS,
       (cl_context a, cl_uint b, const cl_device_id *c, const size_t *d, const unsigned char **e,
        cl_int *f, cl_int *g),
       (a, b, c, d, e, f, g))
CREATE(cl_kernel, clCreateKernel, KERNELS, (cl_program a, const char *b, cl_int *c), (a, b, c))

#define COUNT(name, type, kind, n)                                                                 \
  static cl_int CL_API_CALL my_##name(type a) {                                                    \
    cl_int status = next->name(a);                                                                 \
    add(kind, status == CL_SUCCESS ? n : 0);                                                       \
    return status;                                                                                 \
  }
COUNT(clRetainContext, cl_context, CONTEXTS, 1)
COUNT(clReleaseContext, cl_context, CONTEXTS, -1)
COUNT(clRetainCommandQueue, cl_command_queue, QUEUES, 1)
COUNT(clReleaseCommandQueue, cl_command_queue, QUEUES, -1)
COUNT(clRetainProgram, cl_program, PROGRAMS, 1)
COUNT(clReleaseProgram, cl_program, PROGRAMS, -1)
COUNT(clRetainKernel, cl_kernel, KERNELS, 1)
COUNT(clReleaseKernel, cl_kernel, KERNELS, -1)
COUNT(clRetainEvent, cl_event, EVENTS, 1)
COUNT(clReleaseEvent, cl_event, EVENTS, -1)

static cl_mem CL_API_CALL my_clCreateBuffer(cl_context a, cl_mem_flags b, size_t c, void *d,
                                            cl_int *e) {
  cl_mem made = next->clCreateBuffer(a, b, c, d, e);
  add(BUFFERS, made != NULL);
  add(BYTES, made ? (long)c : 0);
  return made;
}

static long size(cl_mem a) {
  size_t bytes = 0;
  next->clGetMemObjectInfo(a, CL_MEM_SIZE, sizeof bytes, &bytes, NULL);
  return bytes;
}

#define COUNT_BUFFER(name, n)                                                                      \
  static cl_int CL_API_CALL my_##name(cl_mem a) {                                                  \
    long bytes = size(a);                                                                          \
    cl_int status = next->name(a);                                                                 \
    add(BUFFERS, status == CL_SUCCESS ? n : 0);                                                    \
    add(BYTES, status == CL_SUCCESS ? n * bytes : 0);                                              \
    return status;                                                                                 \
  }
COUNT_BUFFER(clRetainMemObject, 1)
COUNT_BUFFER(clReleaseMemObject, -1)

#define ENQUEUE(name, parameters, arguments)                                                       \
  static cl_int CL_API_CALL my_##name parameters {                                                 \
    cl_int status = next->name arguments;                                                          \
    add(EVENTS, status == CL_SUCCESS && event != NULL);                                            \
    return status;                                                                                 \
  }
ENQUEUE(clEnqueueNDRangeKernel,
        (cl_command_queue a, cl_kernel b, cl_uint c, const size_t *d, const size_t *e,
         const size_t *f, cl_uint g, const cl_event *h, cl_event *event),
        (a, b, c, d, e, f, g, h, event))
ENQUEUE(clEnqueueReadBuffer,
        (cl_command_queue a, cl_mem b, cl_bool c, size_t d, size_t e, void *f, cl_uint g,
         const cl_event *h, cl_event *event),
        (a, b, c, d, e, f, g, h, event))
ENQUEUE(clEnqueueWriteBuffer,
        (cl_command_queue a, cl_mem b, cl_bool c, size_t d, size_t e, const void *f, cl_uint g,
         const cl_event *h, cl_event *event),
        (a, b, c, d, e, f, g, h, event))
ENQUEUE(clEnqueueCopyBuffer,
        (cl_command_queue a, cl_mem b, cl_mem c, size_t d, size_t e, size_t f, cl_uint g,
         const cl_event *h, cl_event *event),
        (a, b, c, d, e, f, g, h, event))
ENQUEUE(clEnqueueFillBuffer,
        (cl_command_queue a, cl_mem b, const void *c, size_t d, size_t e, size_t f, cl_uint g,
         const cl_event *h, cl_event *event),
        (a, b, c, d, e, f, g, h, event))

CL_API_ENTRY cl_int CL_API_CALL clGetLayerInfo(cl_layer_info what, size_t size, void *value,
                                               size_t *needed) {
  cl_layer_api_version version = CL_LAYER_API_VERSION_100;
  const void *answer = what == CL_LAYER_API_VERSION ? (const void *)&version : "handles";
  size_t bytes = what == CL_LAYER_API_VERSION ? sizeof version : sizeof "handles";
  if (value && size >= bytes) {
    memcpy(value, answer, bytes);
  }
  if (needed) {
    *needed = bytes;
  }
  return CL_SUCCESS;
}

CL_API_ENTRY cl_int CL_API_CALL clInitLayer(cl_uint entries, const cl_icd_dispatch *target,
                                            cl_uint *entries_ret,
                                            const cl_icd_dispatch **layer_ret) {
  size_t bytes = entries * sizeof(void *);
  int file = open(getenv("HANDLES"), O_RDWR | O_CREAT | O_TRUNC, 0600);
  size_t length = 2 * KINDS * sizeof *counts;
  if (file < 0 || ftruncate(file, length) != 0) {
    abort(); // a test that cannot be judged
  }
  counts = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  next = target;
  memcpy(&mine, target, bytes < sizeof mine ? bytes : sizeof mine);
#define PUT(name) mine.name = my_##name;
  PUT(clCreateContext) PUT(clCreateCommandQueue) PUT(clCreateProgramWithSource)
  PUT(clCreateProgramWithBinary) PUT(clCreateKernel) PUT(clCreateBuffer)
  PUT(clRetainContext) PUT(clRetainCommandQueue) PUT(clRetainProgram) PUT(clRetainKernel)
  PUT(clRetainEvent) PUT(clRetainMemObject)
  PUT(clReleaseContext) PUT(clReleaseCommandQueue) PUT(clReleaseProgram) PUT(clReleaseKernel)
  PUT(clReleaseEvent) PUT(clReleaseMemObject)
  PUT(clEnqueueNDRangeKernel) PUT(clEnqueueReadBuffer) PUT(clEnqueueWriteBuffer)
  PUT(clEnqueueCopyBuffer) PUT(clEnqueueFillBuffer)
  *entries_ret = sizeof mine / sizeof(void *);
  *layer_ret = &mine;
  return CL_SUCCESS;
}
