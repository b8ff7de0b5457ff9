/* A disk that fails on demand: counts the calls that change what is below one folder, and makes one of them fail.

   Loaded with LD_PRELOAD, it stands between a program and the system. `atlas_arm` says which call of this process is to
   fail and how; before that every call goes through. Calls on other folders are neither counted nor touched. A call is
   known by its kind and its number among those: threads of the database write in no fixed order. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { COUNT, KILL, TORN, NO_SPACE, IO_ERROR };
enum { WRITE, DATABASE_WRITE, SYNC, RENAME, TRUNCATE, REMOVE, CREATE, MAKE_FOLDER, KINDS };

static char folder[PATH_MAX];
static size_t length;
static int target_kind = -1;
static long target = -1;
static int mode = COUNT;
static atomic_long counted[KINDS];
static atomic_int full; /* a full disk stays full: nothing more can be written */

/* From now on count the calls below a folder, from 0 on for each kind; the one with this number fails. */
void atlas_arm(const char *below, int kind, long number, int how) {
    strncpy(folder, below, sizeof folder - 1);
    length = strlen(folder);
    target_kind = kind;
    target = number;
    mode = how;
    for (int one = 0; one < KINDS; one++) atomic_store(&counted[one], 0);
    atomic_store(&full, 0);
}

long atlas_counted(int kind) { return kind >= 0 && kind < KINDS ? atomic_load(&counted[kind]) : -1; }

static int below(const char *path) { return length && strncmp(path, folder, length) == 0; }

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = length ? readlink(link, path, PATH_MAX - 1) : -1;
    if (size < 0) return 0;
    path[size] = 0;
    return 1;
}

static int fd_below(int fd) {
    char path[PATH_MAX];
    return path_of(fd, path) && below(path);
}

/* How many writes the database makes differs from run to run, so they are a kind of their own. */
static int kind_of_write(int fd) {
    char path[PATH_MAX];
    return path_of(fd, path) && strstr(path, ".duckdb") ? DATABASE_WRITE : WRITE;
}

static int writes(int kind) { return kind == WRITE || kind == DATABASE_WRITE; }

static int at_below(int dirfd, const char *path) {
    return path[0] == '/' || dirfd == AT_FDCWD ? below(path) : fd_below(dirfd);
}

/* Whether this call is to fail: the errno, -1 for a write that is to be torn, or 0. Does not return where it kills. */
static int verdict(int kind) {
    long number = atomic_fetch_add(&counted[kind], 1);
    if (atomic_load(&full) && (writes(kind) || kind == CREATE || kind == MAKE_FOLDER)) return ENOSPC;
    if (kind != target_kind || number != target) return 0;
    switch (mode) {
    case KILL: raise(SIGKILL); return 0;
    case TORN: if (writes(kind)) return -1; raise(SIGKILL); return 0;
    case NO_SPACE: atomic_store(&full, 1); return ENOSPC;
    case IO_ERROR: return EIO;
    default: return 0;
    }
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define FAIL_WITH(kind) do { int why = verdict(kind); if (why) { errno = why > 0 ? why : EIO; return -1; } } while (0)

ssize_t write(int fd, const void *data, size_t size) {
    REAL(write);
    if (fd_below(fd)) {
        int why = verdict(kind_of_write(fd));
        if (why < 0) { real(fd, data, size / 2); raise(SIGKILL); }
        if (why) { errno = why; return -1; }
    }
    return real(fd, data, size);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t place) {
    REAL(pwrite);
    if (fd_below(fd)) {
        int why = verdict(kind_of_write(fd));
        if (why < 0) { real(fd, data, size / 2, place); raise(SIGKILL); }
        if (why) { errno = why; return -1; }
    }
    return real(fd, data, size, place);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t place) {
    REAL(pwrite64);
    if (fd_below(fd)) {
        int why = verdict(kind_of_write(fd));
        if (why < 0) { real(fd, data, size / 2, place); raise(SIGKILL); }
        if (why) { errno = why; return -1; }
    }
    return real(fd, data, size, place);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(writev);
    if (fd_below(fd)) FAIL_WITH(kind_of_write(fd));
    return real(fd, parts, count);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t place) {
    REAL(pwritev);
    if (fd_below(fd)) FAIL_WITH(kind_of_write(fd));
    return real(fd, parts, count, place);
}

int fsync(int fd) {
    REAL(fsync);
    if (fd_below(fd)) FAIL_WITH(SYNC);
    return real(fd);
}

int fdatasync(int fd) {
    REAL(fdatasync);
    if (fd_below(fd)) FAIL_WITH(SYNC);
    return real(fd);
}

int ftruncate(int fd, off_t size) {
    REAL(ftruncate);
    if (fd_below(fd)) FAIL_WITH(TRUNCATE);
    return real(fd, size);
}

int ftruncate64(int fd, off64_t size) {
    REAL(ftruncate64);
    if (fd_below(fd)) FAIL_WITH(TRUNCATE);
    return real(fd, size);
}

int fallocate(int fd, int how, off_t place, off_t size) {
    REAL(fallocate);
    if (fd_below(fd)) FAIL_WITH(TRUNCATE);
    return real(fd, how, place, size);
}

int rename(const char *old, const char *new) {
    REAL(rename);
    if (below(new)) FAIL_WITH(RENAME);
    return real(old, new);
}

int renameat(int old_at, const char *old, int new_at, const char *new) {
    REAL(renameat);
    if (at_below(new_at, new)) FAIL_WITH(RENAME);
    return real(old_at, old, new_at, new);
}

int unlink(const char *path) {
    REAL(unlink);
    if (below(path)) FAIL_WITH(REMOVE);
    return real(path);
}

int unlinkat(int at, const char *path, int flags) {
    REAL(unlinkat);
    if (at_below(at, path)) FAIL_WITH(REMOVE);
    return real(at, path, flags);
}

int rmdir(const char *path) {
    REAL(rmdir);
    if (below(path)) FAIL_WITH(REMOVE);
    return real(path);
}

int mkdir(const char *path, mode_t rights) {
    REAL(mkdir);
    if (below(path) && access(path, F_OK) != 0) FAIL_WITH(MAKE_FOLDER); /* one that is there cannot be made */
    return real(path, rights);
}

#define OPENED(name, test)                                                                                             \
    REAL(name);                                                                                                        \
    mode_t rights = 0;                                                                                                 \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                                               \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        rights = va_arg(rest, mode_t);                                                                                 \
        va_end(rest);                                                                                                  \
        if ((flags & O_CREAT) && (test) && access(path, F_OK) != 0) FAIL_WITH(CREATE);                                 \
    }

int open(const char *path, int flags, ...) {
    OPENED(open, below(path))
    return real(path, flags, rights);
}

int open64(const char *path, int flags, ...) {
    OPENED(open64, below(path))
    return real(path, flags, rights);
}

int openat(int at, const char *path, int flags, ...) {
    OPENED(openat, at_below(at, path))
    return real(at, path, flags, rights);
}
