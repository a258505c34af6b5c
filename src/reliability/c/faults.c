// An OpenCL layer (OPENCL_LAYERS=…/libfaults.so) that makes calls of the host fail, as the file that
// FAULT_CONTROL names says, and counts them there: struct control, mapped into memory, so that
// another process, or the host itself, may arm it again and again.
//
// gcc -shared -fPIC -O1 -o libfaults.so faults.c
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

// What returns a status: parameters, and the same as arguments.
#define STATUS_CALLS(X)                                                                            \
  X(clGetPlatformIDs, (cl_uint a, cl_platform_id *b, cl_uint *c), (a, b, c))                       \
  X(clGetPlatformInfo, (cl_platform_id a, cl_platform_info b, size_t c, void *d, size_t *e),       \
    (a, b, c, d, e))                                                                               \
  X(clGetDeviceIDs, (cl_platform_id a, cl_device_type b, cl_uint c, cl_device_id *d, cl_uint *e),  \
    (a, b, c, d, e))                                                                               \
  X(clGetDeviceInfo, (cl_device_id a, cl_device_info b, size_t c, void *d, size_t *e),             \
    (a, b, c, d, e))                                                                               \
  X(clReleaseContext, (cl_context a), (a))                                                         \
  X(clGetContextInfo, (cl_context a, cl_context_info b, size_t c, void *d, size_t *e),             \
    (a, b, c, d, e))                                                                               \
  X(clReleaseCommandQueue, (cl_command_queue a), (a))                                              \
  X(clGetCommandQueueInfo,                                                                         \
    (cl_command_queue a, cl_command_queue_info b, size_t c, void *d, size_t *e), (a, b, c, d, e))  \
  X(clReleaseMemObject, (cl_mem a), (a))                                                           \
  X(clGetMemObjectInfo, (cl_mem a, cl_mem_info b, size_t c, void *d, size_t *e), (a, b, c, d, e))  \
  X(clReleaseProgram, (cl_program a), (a))                                                         \
  X(clBuildProgram,                                                                                \
    (cl_program a, cl_uint b, const cl_device_id *c, const char *d,                                \
     void(CL_CALLBACK * e)(cl_program, void *), void *f),                                          \
    (a, b, c, d, e, f))                                                                            \
  X(clGetProgramInfo, (cl_program a, cl_program_info b, size_t c, void *d, size_t *e),             \
    (a, b, c, d, e))                                                                               \
  X(clGetProgramBuildInfo,                                                                         \
    (cl_program a, cl_device_id b, cl_program_build_info c, size_t d, void *e, size_t *f),         \
    (a, b, c, d, e, f))                                                                            \
  X(clReleaseKernel, (cl_kernel a), (a))                                                           \
  X(clSetKernelArg, (cl_kernel a, cl_uint b, size_t c, const void *d), (a, b, c, d))               \
  X(clGetKernelInfo, (cl_kernel a, cl_kernel_info b, size_t c, void *d, size_t *e),                \
    (a, b, c, d, e))                                                                               \
  X(clGetKernelArgInfo,                                                                            \
    (cl_kernel a, cl_uint b, cl_kernel_arg_info c, size_t d, void *e, size_t *f),                  \
    (a, b, c, d, e, f))                                                                            \
  X(clGetKernelWorkGroupInfo,                                                                      \
    (cl_kernel a, cl_device_id b, cl_kernel_work_group_info c, size_t d, void *e, size_t *f),      \
    (a, b, c, d, e, f))                                                                            \
  X(clWaitForEvents, (cl_uint a, const cl_event *b), (a, b))                                       \
  X(clReleaseEvent, (cl_event a), (a))                                                             \
  X(clGetEventProfilingInfo, (cl_event a, cl_profiling_info b, size_t c, void *d, size_t *e),      \
    (a, b, c, d, e))                                                                               \
  X(clFlush, (cl_command_queue a), (a))                                                            \
  X(clFinish, (cl_command_queue a), (a))                                                           \
  X(clEnqueueReadBuffer,                                                                           \
    (cl_command_queue a, cl_mem b, cl_bool c, size_t d, size_t e, void *f, cl_uint g,              \
     const cl_event *h, cl_event *i),                                                              \
    (a, b, c, d, e, f, g, h, i))                                                                   \
  X(clEnqueueWriteBuffer,                                                                          \
    (cl_command_queue a, cl_mem b, cl_bool c, size_t d, size_t e, const void *f, cl_uint g,        \
     const cl_event *h, cl_event *i),                                                              \
    (a, b, c, d, e, f, g, h, i))                                                                   \
  X(clEnqueueCopyBuffer,                                                                           \
    (cl_command_queue a, cl_mem b, cl_mem c, size_t d, size_t e, size_t f, cl_uint g,              \
     const cl_event *h, cl_event *i),                                                              \
    (a, b, c, d, e, f, g, h, i))                                                                   \
  X(clEnqueueFillBuffer,                                                                           \
    (cl_command_queue a, cl_mem b, const void *c, size_t d, size_t e, size_t f, cl_uint g,         \
     const cl_event *h, cl_event *i),                                                              \
    (a, b, c, d, e, f, g, h, i))                                                                   \
  X(clEnqueueNDRangeKernel,                                                                        \
    (cl_command_queue a, cl_kernel b, cl_uint c, const size_t *d, const size_t *e,                 \
     const size_t *f, cl_uint g, const cl_event *h, cl_event *i),                                  \
    (a, b, c, d, e, f, g, h, i))

// What returns a handle, and its status through errcode_ret, the last parameter.
#define HANDLE_CALLS(X)                                                                            \
  X(cl_context, clCreateContext,                                                                   \
    (const cl_context_properties *a, cl_uint b, const cl_device_id *c,                             \
     void(CL_CALLBACK * d)(const char *, const void *, size_t, void *), void *e, cl_int *status),  \
    (a, b, c, d, e, status))                                                                       \
  X(cl_command_queue, clCreateCommandQueue,                                                        \
    (cl_context a, cl_device_id b, cl_command_queue_properties c, cl_int *status),                 \
    (a, b, c, status))                                                                             \
  X(cl_mem, clCreateBuffer, (cl_context a, cl_mem_flags b, size_t c, void *d, cl_int *status),     \
    (a, b, c, d, status))                                                                          \
  X(cl_program, clCreateProgramWithSource,                                                         \
    (cl_context a, cl_uint b, const char **c, const size_t *d, cl_int *status),                    \
    (a, b, c, d, status))                                                                          \
  X(cl_program, clCreateProgramWithBinary,                                                         \
    (cl_context a, cl_uint b, const cl_device_id *c, const size_t *d, const unsigned char **e,     \
     cl_int *f, cl_int *status),                                                                   \
    (a, b, c, d, e, f, status))                                                                    \
  X(cl_kernel, clCreateKernel, (cl_program a, const char *b, cl_int *status), (a, b, status))

#define NUMBER(name, ...) N_##name,
#define HANDLE_NUMBER(type, name, ...) N_##name,
enum { STATUS_CALLS(NUMBER) HANDLE_CALLS(HANDLE_NUMBER) CALLS };

#define NAME(name, ...) #name,
#define HANDLE_NAME(type, name, ...) #name,
static const char *const names[] = {STATUS_CALLS(NAME) HANDLE_CALLS(HANDLE_NAME)};

enum { ONCE, LOST, LATE, NAME_BYTES = 40 };

struct control {
  _Atomic cl_int mode;    // ONCE: the call fails, and is not passed on. LOST: so do all calls behind
                          // it, as when a device has gone. LATE: the call is passed on and
                          // succeeds, and the next one that waits for it fails
  _Atomic cl_int code;    // what it returns
  _Atomic cl_int fired;   // 1 when it was made
  _Atomic cl_int pending; // code of a call that failed without saying so yet, or of a lost device
  _Atomic cl_long at;     // which call of its name fails, from 1; 0 for none
  char call[NAME_BYTES];  // its name
  struct {
    char name[NAME_BYTES];
    _Atomic cl_long count;
  } calls[CALLS]; // every entry point of the layer
};
_Static_assert(sizeof(struct control) <= 4096, "the file has so many bytes");

static const cl_icd_dispatch *next;
static cl_icd_dispatch mine;
static struct control unarmed;
static struct control *control = &unarmed;

static int waits(int n) {
  return n == N_clFinish || n == N_clWaitForEvents || n == N_clEnqueueReadBuffer ||
         n == N_clEnqueueWriteBuffer;
}

// The code with which a call is to fail now, else CL_SUCCESS.
static int fault(int n) {
  cl_long nth = atomic_fetch_add(&control->calls[n].count, 1) + 1;
  if (control->mode == LATE && waits(n)) {
    cl_int late = atomic_exchange(&control->pending, CL_SUCCESS);
    if (late != CL_SUCCESS) {
      return late;
    }
  }
  if (nth != control->at || strcmp(names[n], control->call)) {
    return control->mode == LOST ? control->pending : CL_SUCCESS;
  }
  control->fired = 1;
  if (control->mode != ONCE) {
    control->pending = control->code;
  }
  return control->mode == LATE ? CL_SUCCESS : control->code;
}

#define STATUS(name, parameters, arguments)                                                        \
  static cl_int CL_API_CALL my_##name parameters {                                                 \
    int failed = fault(N_##name);                                                                  \
    return failed ? failed : next->name arguments;                                                 \
  }
STATUS_CALLS(STATUS)

#define HANDLE(type, name, parameters, arguments)                                                  \
  static type CL_API_CALL my_##name parameters {                                                   \
    int failed = fault(N_##name);                                                                  \
    if (!failed) {                                                                                 \
      return next->name arguments;                                                                 \
    }                                                                                              \
    if (status) {                                                                                  \
      *status = failed;                                                                            \
    }                                                                                              \
    return NULL;                                                                                   \
  }
HANDLE_CALLS(HANDLE)

static void map(const char *file) {
  int f = open(file, O_RDWR);
  void *memory = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, f, 0);
  if (memory == MAP_FAILED) {
    abort(); // a test that cannot be judged
  }
  close(f);
  control = memory;
  for (int n = 0; n < CALLS; n++) {
    strcpy(control->calls[n].name, names[n]);
  }
}

CL_API_ENTRY cl_int CL_API_CALL clGetLayerInfo(cl_layer_info what, size_t size, void *value,
                                               size_t *needed) {
  if (what == CL_LAYER_API_VERSION) {
    if (value) {
      *(cl_layer_api_version *)value = CL_LAYER_API_VERSION_100;
    }
    if (needed) {
      *needed = sizeof(cl_layer_api_version);
    }
  } else {
    if (value && size >= sizeof "faults") {
      strcpy(value, "faults");
    }
    if (needed) {
      *needed = sizeof "faults";
    }
  }
  return CL_SUCCESS;
}

CL_API_ENTRY cl_int CL_API_CALL clInitLayer(cl_uint entries, const cl_icd_dispatch *target,
                                            cl_uint *entries_ret,
                                            const cl_icd_dispatch **layer_ret) {
  size_t bytes = entries * sizeof(void *);
  next = target;
  memcpy(&mine, target, bytes < sizeof mine ? bytes : sizeof mine);
#define PUT(name, ...) mine.name = my_##name;
#define HANDLE_PUT(type, name, ...) mine.name = my_##name;
  STATUS_CALLS(PUT)
  HANDLE_CALLS(HANDLE_PUT)
  if (getenv("FAULT_CONTROL")) {
    map(getenv("FAULT_CONTROL"));
  }
  *entries_ret = sizeof mine / sizeof(void *);
  *layer_ret = &mine;
  return CL_SUCCESS;
}
