#include "io/child.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#define MEMORY  ((rlim_t)2 << 30)
#define SECONDS 60
#define SILENCE 120000 /* ms */
#define GRAIN   ((size_t)64 << 10)
#define NOT_RUN 126 /* the cage could not be built */

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#endif

struct child {
	pid_t pid;
	int out;
	const char *name;
	char block[GRAIN];
};

char *
child_find(const char *name)
{
	static const char *const folders[] = { "/usr/local/bin", "/usr/bin",
		"/bin" };
	size_t room = strlen(name) + sizeof("/usr/local/bin/");
	char *path;

	if (strchr(name, '/') != NULL)
		return access(name, X_OK) == 0 ? mem_string(name, room) : NULL;
	path = mem_alloc(room);
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		snprintf(path, room, "%s/%s", folders[i], name);
		if (access(path, X_OK) == 0)
			return path;
	}
	mem_free(path);
	return NULL;
}

/*
 * Sockets and io_uring (which can open sockets) are refused; so is everything
 * in another machine's numbers than this one's.
 */
static bool
cut_network(void)
{
#ifdef MACHINE
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 2, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 1, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_io_uring_setup, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(code) / sizeof(code[0]), code };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
#else
	return false;
#endif
}

static bool
limit(int what, rlim_t most)
{
	struct rlimit l = { most, most };

	return setrlimit((__rlimit_resource_t)what, &l) == 0;
}

/*
 * Between fork and exec: nothing that takes a lock.  Another thread may have
 * begun a child of its own, whose pipe is not to be held open here.
 */
_Noreturn static void
become(const char *path, char *const *argv, int input, int output)
{
	static char *const nothing[] = { NULL };
	int null = open("/dev/null", O_WRONLY);

	signal(SIGPIPE, SIG_DFL);
	signal(SIGINT, SIG_IGN);
	if (lseek(input, 0, SEEK_SET) == 0 && dup2(input, STDIN_FILENO) >= 0 &&
	    dup2(output, STDOUT_FILENO) >= 0 &&
	    dup2(null, STDERR_FILENO) >= 0 && limit(RLIMIT_AS, MEMORY) &&
	    limit(RLIMIT_CPU, SECONDS) && limit(RLIMIT_CORE, 0) &&
	    syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, 0) == 0 &&
	    cut_network())
		execve(path, argv, nothing);
	_exit(NOT_RUN);
}

struct child *
child_start(char *const *argv, int input, struct err *e)
{
	char *path = child_find(argv[0]);
	struct child *c;
	int ends[2] = { -1, -1 };

	if (path == NULL) {
		err_data(e, "helper_failed", "'%s' is not installed", argv[0]);
		return NULL;
	}
	c = mem_alloc(sizeof(*c));
	c->name = argv[0];
	c->out = -1;
	c->pid = -1;
	if (pipe(ends) == 0) {
		fcntl(ends[0], F_SETFD, FD_CLOEXEC);
		fcntl(ends[1], F_SETFD, FD_CLOEXEC);
		c->pid = fork();
	}
	if (c->pid == 0)
		become(path, argv, input, ends[1]);
	mem_free(path);
	if (ends[1] >= 0)
		close(ends[1]);
	c->out = ends[0];
	if (c->pid < 0) {
		err_data(e, "helper_failed", "'%s' cannot be started: %s",
		    argv[0], "no more processes");
		child_free(c);
		return NULL;
	}
	return c;
}

void
child_free(struct child *c)
{
	if (c == NULL)
		return;
	if (c->out >= 0)
		close(c->out);
	if (c->pid > 0) {
		kill(c->pid, SIGKILL);
		while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
			continue;
	}
	mem_free(c);
}

static ssize_t
fail(const struct child *c, struct err *e, const char *why)
{
	err_data(e, "helper_failed", "'%s' %s", c->name, why);
	return -1;
}

static ssize_t
end(struct child *c, struct err *e)
{
	int status = 0;
	char why[64];

	while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	c->pid = -1;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_RUN)
		return fail(c, e, "cannot be run without network here");
	if (WIFEXITED(status))
		snprintf(why, sizeof(why), "ends with status %d",
		    WEXITSTATUS(status));
	else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		snprintf(why, sizeof(why), "takes more than %d s", SECONDS);
	else
		snprintf(why, sizeof(why), "is ended by signal %d",
		    WIFSIGNALED(status) ? WTERMSIG(status) : 0);
	return fail(c, e, why);
}

ssize_t
child_read(void *child, const char **block, struct err *e)
{
	struct child *c = child;
	struct pollfd fd = { c->out, POLLIN, 0 };
	ssize_t got;
	int ready;

	*block = c->block;
	if (c->pid < 0)
		return 0;
	do
		ready = poll(&fd, 1, SILENCE);
	while (ready < 0 && errno == EINTR);
	if (ready == 0)
		return fail(c, e, "says nothing for two minutes");
	do
		got = read(c->out, c->block, GRAIN);
	while (got < 0 && errno == EINTR);
	return got > 0 ? got : end(c, e);
}
